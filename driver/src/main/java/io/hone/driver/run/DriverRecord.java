package io.hone.driver.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What {@code drivers/EPOCH.json} says of a driver.
 *
 * @param epoch its start number, from 1
 * @param process where it runs
 * @param started when it took the run
 * @param heartbeat when it was last known to live
 * @param stopped whether it gave the run back
 */
record DriverRecord(
    long epoch, ProcessIdentity process, Instant started, Instant heartbeat, boolean stopped) {

  DriverRecord beating(Instant now) {
    return new DriverRecord(epoch, process, started, now, false);
  }

  DriverRecord stopping(Instant now) {
    return new DriverRecord(epoch, process, started, now, true);
  }

  /** Whether the last sign of life is younger than a time; one from the future is. */
  boolean isYoungerThan(Duration age, Instant now) {
    return heartbeat.plus(age).isAfter(now);
  }

  byte[] toJson() {
    ObjectNode json = Json.object();
    json.put("epoch", epoch);
    json.put("host", process.host());
    json.put("pid", process.pid());
    process.started().ifPresent(start -> json.put("process_started", start.toString()));
    json.put("started", started.toString());
    json.put("heartbeat", heartbeat.toString());
    json.put("stopped", stopped);
    return Json.bytes(json);
  }

  /**
   * @throws UserException if the file is damaged
   */
  static DriverRecord parse(Path file, byte[] bytes) {
    try {
      JsonNode json = Json.parse(bytes);
      return new DriverRecord(
          Json.number(json, "epoch"),
          new ProcessIdentity(
              Json.text(json, "host"),
              Json.number(json, "pid"),
              json.has("process_started")
                  ? Optional.of(Instant.parse(Json.text(json, "process_started")))
                  : Optional.empty()),
          Instant.parse(Json.text(json, "started")),
          Instant.parse(Json.text(json, "heartbeat")),
          Json.required(json, "stopped").asBoolean());
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new UserException(
          "%s is damaged: %s. Expected the record of a driver; delete the file if no driver is at work on this run"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
