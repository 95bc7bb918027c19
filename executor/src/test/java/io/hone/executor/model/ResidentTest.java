package io.hone.executor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.conf.ModelConfig;
import io.hone.executor.model.ResidentModels.Role;
import io.hone.kernels.checkpoint.Adapter;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LinearModule;
import io.hone.kernels.checkpoint.LoraSettings;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.model.ComputeDevice;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model on the device and the adapters on it. */
class ResidentTest {
  private static final Architecture ARCHITECTURE =
      new Architecture(
          Family.LLAMA,
          23,
          16,
          24,
          2,
          4,
          2,
          4,
          48,
          1e-5f,
          new RopeScaling.Default(10_000),
          true,
          false,
          false,
          false);
  private static final LoraSettings LORA =
      new LoraSettings(2, 4, false, 0, List.of(LinearModule.values()));
  private static final List<int[]> ROWS = List.of(new int[] {1, 2, 3, 4, 5});
  private static final ComputeSettings SETTINGS =
      new ComputeSettings(ModelConfig.Device.CPU, ModelConfig.ComputeType.AUTO, 1L << 31, false);

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[1]")
                .setAppName("resident")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void policyAndReferenceAreTwoAdaptersOnTheSameWeights() {
    FrozenBase base = new FrozenBase(spark.broadcast(random(1, size())), LORA);
    PolicyVersion reference = adapted(0, base, Adapter.initial(ARCHITECTURE, LORA, 3).weights());
    PolicyVersion policy = adapted(7, base, random(2, Layout.of(ARCHITECTURE, LORA).size()));
    try (Resident resident = new Resident(policy, ComputeDevice.cpu());
        Resident whole = new Resident(full(base.weights().value()), ComputeDevice.cpu())) {
      assertThat(resident.hasBaseOf(reference)).isTrue();
      Resident.Held policyHeld = resident.take(Role.POLICY, policy);
      float[] before = policyHeld.model().tokenLogprobs(ROWS, 1, 100).get(0);
      Resident.Held referenceHeld = resident.take(Role.REFERENCE, reference);
      float[] initial =
          whole
              .take(Role.REFERENCE, full(base.weights().value()))
              .model()
              .tokenLogprobs(ROWS, 1, 100)
              .get(0);
      assertThat(referenceHeld.model().tokenLogprobs(ROWS, 1, 100).get(0)).isEqualTo(initial);
      assertThat(policyHeld.model().tokenLogprobs(ROWS, 1, 100).get(0)).isEqualTo(before);
      assertThat(before).isNotEqualTo(initial);
      assertThat(policyHeld.fingerprint()).isEqualTo(policy.fingerprint());
      assertThat(referenceHeld.fingerprint()).isEqualTo(reference.fingerprint());
    }
  }

  @Test
  void otherWeightsAreNotShared() {
    FrozenBase base = new FrozenBase(spark.broadcast(random(1, size())), LORA);
    FrozenBase other = new FrozenBase(spark.broadcast(random(5, size())), LORA);
    FlatWeights adapter = random(2, Layout.of(ARCHITECTURE, LORA).size());
    try (Resident resident = new Resident(adapted(0, base, adapter), ComputeDevice.cpu())) {
      assertThat(resident.hasBaseOf(adapted(0, other, adapter))).isFalse();
      assertThat(resident.hasBaseOf(full(base.weights().value()))).isFalse();
    }
  }

  @Test
  void theFingerprintCoversBaseAndAdapter() {
    FrozenBase base = new FrozenBase(spark.broadcast(random(1, size())), LORA);
    FrozenBase other = new FrozenBase(spark.broadcast(random(5, size())), LORA);
    FlatWeights adapter = random(2, Layout.of(ARCHITECTURE, LORA).size());
    FlatWeights updated = random(3, Layout.of(ARCHITECTURE, LORA).size());
    PolicyVersion version = adapted(0, base, adapter);
    assertThat(adapted(4, base, adapter).fingerprint()).isEqualTo(version.fingerprint());
    assertThat(adapted(0, other, adapter).fingerprint()).isNotEqualTo(version.fingerprint());
    assertThat(version.next(updated).fingerprint()).isNotEqualTo(version.fingerprint());
    assertThat(version.next(updated).version()).isEqualTo(1);
    assertThat(full(adapter).fingerprint()).isEqualTo(adapter.fingerprint());
  }

  /** A device that held one version takes the next in place, whichever part of it is new. */
  @Test
  void takesWhatIsNew() {
    FrozenBase base = new FrozenBase(spark.broadcast(random(1, size())), LORA);
    FrozenBase wider =
        new FrozenBase(
            spark.broadcast(random(5, size())),
            new LoraSettings(3, 4, false, 0, List.of(LinearModule.KEY)));
    List<PolicyVersion> versions =
        List.of(
            adapted(0, base, random(2, Layout.of(ARCHITECTURE, LORA).size())),
            adapted(1, base, random(3, Layout.of(ARCHITECTURE, LORA).size())),
            adapted(1, wider, random(4, Layout.of(ARCHITECTURE, wider.lora()).size())),
            full(random(6, size())),
            adapted(0, base, random(2, Layout.of(ARCHITECTURE, LORA).size())));
    try (Resident used = new Resident(versions.get(0), ComputeDevice.cpu())) {
      for (PolicyVersion version : versions) {
        Resident.Held held = used.take(Role.POLICY, version);
        assertThat(held.fingerprint()).isEqualTo(version.fingerprint());
        try (Resident fresh = new Resident(version, ComputeDevice.cpu())) {
          assertThat(held.model().tokenLogprobs(ROWS, 1, 100).get(0))
              .isEqualTo(
                  fresh.take(Role.POLICY, version).model().tokenLogprobs(ROWS, 1, 100).get(0));
        }
      }
    }
  }

  private static long size() {
    return Layout.of(ARCHITECTURE).size();
  }

  private static PolicyVersion adapted(long version, FrozenBase base, FlatWeights adapter) {
    return new PolicyVersion(version, ARCHITECTURE, adapter, base, SETTINGS);
  }

  private static PolicyVersion full(FlatWeights weights) {
    return new PolicyVersion(0, ARCHITECTURE, weights, SETTINGS);
  }

  private static FlatWeights random(long seed, long size) {
    Random random = new Random(seed);
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return FlatWeights.of(new float[][] {values});
  }
}
