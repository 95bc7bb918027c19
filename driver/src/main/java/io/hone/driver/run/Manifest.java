package io.hone.driver.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/**
 * What a commit says: that a step happened, which files belong to it and what the policy was
 * afterwards.
 *
 * @param step from 0
 * @param driverEpoch the driver that committed it
 * @param policyVersion version of the weights after the step
 * @param weightsFingerprint their fingerprint
 * @param criticFingerprint that of the critic's weights; empty without a critic of its own
 * @param files all files of the step, in order of path
 */
public record Manifest(
    int step,
    long driverEpoch,
    long policyVersion,
    long weightsFingerprint,
    OptionalLong criticFingerprint,
    List<FileEntry> files) {
  private static final String CRITIC_FINGERPRINT = "critic_fingerprint";
  private static final HexFormat HEX = HexFormat.of();

  public Manifest {
    files = files.stream().sorted(Comparator.comparing(FileEntry::path)).toList();
  }

  /** The files below a directory of the run, such as {@code steps/00000012/rollouts}. */
  List<FileEntry> below(String directory) {
    return files.stream().filter(file -> file.path().startsWith(directory + "/")).toList();
  }

  byte[] toJson() {
    ObjectNode json = Json.object();
    json.put("step", step);
    json.put("driver_epoch", driverEpoch);
    json.put("policy_version", policyVersion);
    json.put("weights_fingerprint", HEX.toHexDigits(weightsFingerprint));
    criticFingerprint.ifPresent(
        fingerprint -> json.put(CRITIC_FINGERPRINT, HEX.toHexDigits(fingerprint)));
    ArrayNode list = json.putArray("files");
    for (FileEntry file : files) {
      ObjectNode entry = list.addObject();
      entry.put("path", file.path());
      entry.put("length", file.length());
      entry.put("crc32c", HEX.toHexDigits(file.crc32c()));
    }
    return Json.bytes(json);
  }

  /**
   * @param file where the bytes were read
   * @param step the step that the file's name says
   * @throws UserException if the bytes are not the manifest of that step
   */
  static Manifest parse(Path file, int step, byte[] bytes) {
    try {
      JsonNode json = Json.parse(bytes);
      if (Json.number(json, "step") != step) {
        throw new IllegalArgumentException("it is of step " + Json.number(json, "step"));
      }
      JsonNode list = Json.required(json, "files");
      if (!list.isArray()) {
        throw new IllegalArgumentException("\"files\" is not a list");
      }
      List<FileEntry> files = new ArrayList<>();
      for (JsonNode entry : list) {
        files.add(
            new FileEntry(
                Json.text(entry, "path"),
                Json.number(entry, "length"),
                HexFormat.fromHexDigits(Json.text(entry, "crc32c"))));
      }
      return new Manifest(
          step,
          Json.number(json, "driver_epoch"),
          Json.number(json, "policy_version"),
          HexFormat.fromHexDigitsToLong(Json.text(json, "weights_fingerprint")),
          json.has(CRITIC_FINGERPRINT)
              ? OptionalLong.of(HexFormat.fromHexDigitsToLong(Json.text(json, CRITIC_FINGERPRINT)))
              : OptionalLong.empty(),
          files);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s is damaged: %s. Expected the manifest of step %d: restore it, or delete it and all later commits to make these steps again"
              .formatted(file, e.getMessage(), step),
          e);
    }
  }
}
