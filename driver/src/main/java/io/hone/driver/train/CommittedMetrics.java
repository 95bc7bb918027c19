package io.hone.driver.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.conf.UserException;
import io.hone.driver.run.CommittedRun;
import java.util.Map;

/** The metrics of committed steps. */
public final class CommittedMetrics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CommittedMetrics() {}

  /** Those of one step. */
  public static Metrics of(CommittedRun run, int step) {
    try {
      Map<String, Object> values =
          JSON.readValue(run.metrics(step), new TypeReference<Map<String, Object>>() {});
      Metrics metrics = new Metrics();
      values.forEach(
          (name, value) -> {
            if (value instanceof Number number) {
              metrics.put(name, number.doubleValue());
            }
          });
      return metrics;
    } catch (JsonProcessingException damaged) {
      throw new UserException(
          run.layout().metrics(step)
              + ": is not the JSON that Hone wrote ("
              + damaged.getOriginalMessage()
              + ")");
    }
  }
}
