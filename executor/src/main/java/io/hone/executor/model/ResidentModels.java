package io.hone.executor.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.model.ComputeDevice;
import io.hone.kernels.model.LanguageModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * The models in this JVM: for each role as many as tasks use at once. A task leases the version it
 * was given; a free model with other weights of the same shape takes these in place, and one of
 * another shape is closed.
 */
public final class ResidentModels {
  /** What a model is for. */
  public enum Role {
    /** The model being trained. */
    POLICY,
    /** Its frozen initial copy. */
    REFERENCE
  }

  private static final Map<Role, Deque<Resident>> FREE = new EnumMap<>(Role.class);

  private ResidentModels() {}

  /** A model of version {@code policy}, to be closed after use. */
  public static Lease acquire(Role role, PolicyVersion policy) {
    Resident resident = takeFree(role);
    ComputeDevice device = policy.settings().resolve();
    if (resident != null && !resident.fits(policy, device)) {
      resident.model.close();
      resident = null;
    }
    if (resident == null) {
      resident = new Resident(policy.architecture(), device, load(policy, device));
    } else if (resident.fingerprint != policy.weights().fingerprint()) {
      update(resident, policy);
    }
    resident.fingerprint = policy.weights().fingerprint();
    return new Lease(role, resident, policy.version());
  }

  /** Closes the models that no task uses. */
  public static void releaseFree() {
    synchronized (FREE) {
      FREE.values().forEach(free -> free.forEach(resident -> resident.model.close()));
      FREE.clear();
    }
  }

  private static Resident takeFree(Role role) {
    synchronized (FREE) {
      Deque<Resident> free = FREE.get(role);
      return free == null ? null : free.poll();
    }
  }

  private static void update(Resident resident, PolicyVersion policy) {
    try {
      resident.model.update(policy.weights());
    } catch (RuntimeException e) {
      // Nobody knows what it holds.
      resident.model.close();
      throw e;
    }
  }

  private static LanguageModel load(PolicyVersion policy, ComputeDevice device) {
    return LanguageModel.load(
        policy.architecture(), Layout.of(policy.architecture()), policy.weights(), device);
  }

  /** The use of a model by one task. */
  public static final class Lease implements AutoCloseable {
    private final Role role;
    private final Resident resident;
    private final long version;

    private Lease(Role role, Resident resident, long version) {
      this.role = role;
      this.resident = resident;
      this.version = version;
    }

    /** The model, valid until the lease is closed. */
    public LanguageModel model() {
      return resident.model;
    }

    /** What this executor computes with, for the driver to compare with what it published. */
    public WeightsUsed weightsUsed() {
      return new WeightsUsed(
          ExecutorIdentity.current(),
          version,
          resident.fingerprint,
          resident.device.gpu() < 0 ? InstructionSet.current() : WeightsUsed.GPU);
    }

    @Override
    public void close() {
      synchronized (FREE) {
        FREE.computeIfAbsent(role, absent -> new ArrayDeque<>()).push(resident);
      }
    }
  }

  private static final class Resident {
    private final Architecture architecture;
    private final ComputeDevice device;
    private final LanguageModel model;
    private long fingerprint;

    Resident(Architecture architecture, ComputeDevice device, LanguageModel model) {
      this.architecture = architecture;
      this.device = device;
      this.model = model;
    }

    boolean fits(PolicyVersion policy, ComputeDevice wanted) {
      return architecture.equals(policy.architecture()) && device.equals(wanted);
    }
  }
}
