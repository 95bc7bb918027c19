package io.hone.driver.train;

import io.hone.executor.model.InstructionSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run was made of, beside its configuration. */
final class Provenance {
  private Provenance() {}

  static Map<String, String> of(TrainingInput input, String sparkVersion) {
    Map<String, String> provenance = new LinkedHashMap<>();
    String version = Provenance.class.getPackage().getImplementationVersion();
    provenance.put("hone-version", version == null ? "unpackaged" : version);
    provenance.put("spark-version", sparkVersion);
    provenance.put("java-version", Runtime.version().toString());
    provenance.put("instruction-set", InstructionSet.current());
    provenance.put("data-fingerprint", input.trainingData().fingerprint());
    provenance.put(
        "model-fingerprint", String.format("%016x", input.checkpoint().weights().fingerprint()));
    input
        .adapter()
        .ifPresent(
            adapter ->
                provenance.put(
                    "adapter-fingerprint",
                    String.format("%016x", adapter.weights().fingerprint())));
    if (input.config().critic().path().isPresent()) {
      input
          .critic()
          .ifPresent(
              critic ->
                  provenance.put(
                      "critic-fingerprint",
                      String.format("%016x", critic.weights().fingerprint())));
    }
    return provenance;
  }
}
