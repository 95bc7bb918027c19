package io.hone.executor.model;

import io.hone.executor.model.ResidentModels.Role;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LoraSettings;
import io.hone.kernels.model.ComputeDevice;
import io.hone.kernels.model.LanguageModel;
import java.util.EnumMap;
import java.util.Map;

/**
 * A model on a device, with an adapter for each role that has used it with one: policy and
 * reference share its weights then.
 */
final class Resident implements AutoCloseable {
  private final Architecture architecture;
  private final ComputeDevice device;
  private final LanguageModel model;
  private final Map<Role, Adapted> adapters = new EnumMap<>(Role.class);
  private long fingerprint;

  Resident(PolicyVersion policy, ComputeDevice device) {
    this.architecture = policy.architecture();
    this.device = device;
    FlatSequence weights = modelWeights(policy);
    this.model = LanguageModel.load(architecture, Layout.of(architecture), weights, device);
    this.fingerprint = weights.fingerprint();
  }

  ComputeDevice device() {
    return device;
  }

  /** Whether it can take the weights of a version in place. */
  boolean fits(PolicyVersion policy, ComputeDevice wanted) {
    return architecture.equals(policy.architecture()) && device.equals(wanted);
  }

  /** Whether a version is made of the weights that it has. */
  boolean hasBaseOf(PolicyVersion policy) {
    return policy.base() != null
        && fits(policy, policy.settings().resolve())
        && fingerprint == modelWeights(policy).fingerprint();
  }

  /** Takes the weights of a version, as far as they are not there. */
  Held take(Role role, PolicyVersion policy) {
    FlatSequence weights = modelWeights(policy);
    if (fingerprint != weights.fingerprint()) {
      model.update(weights);
      fingerprint = weights.fingerprint();
    }
    if (policy.base() == null) {
      return new Held(model, fingerprint);
    }
    Adapted adapted = adapters.get(role);
    if (adapted == null || !adapted.lora.equals(policy.base().lora())) {
      if (adapted != null) {
        adapted.model.close();
      }
      adapted = new Adapted(model, policy.base().lora());
      adapters.put(role, adapted);
    }
    adapted.take(policy.weights());
    return new Held(adapted.model, PolicyVersion.fingerprint(fingerprint, adapted.fingerprint));
  }

  /**
   * What a task computes with.
   *
   * @param fingerprint of the floats that are on the device
   */
  record Held(LanguageModel model, long fingerprint) {}

  private static FlatSequence modelWeights(PolicyVersion policy) {
    return policy.base() == null ? policy.weights() : policy.base().weights().value();
  }

  @Override
  public void close() {
    adapters.values().forEach(adapted -> adapted.model.close());
    model.close();
  }

  private static final class Adapted {
    private final LoraSettings lora;
    private final LanguageModel model;
    private Long fingerprint;

    Adapted(LanguageModel base, LoraSettings lora) {
      this.lora = lora;
      this.model = base.adapted(lora);
    }

    void take(FlatSequence weights) {
      if (fingerprint == null || fingerprint != weights.fingerprint()) {
        model.update(weights);
        fingerprint = weights.fingerprint();
      }
    }
  }
}
