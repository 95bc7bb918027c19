package io.hone.executor.model;

import io.hone.kernels.model.ComputeDevice;
import io.hone.kernels.model.LanguageModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * The models in this JVM: for each role as many as tasks use at once. A task leases the version it
 * was given; a free model with other weights of the same shape takes these in place, and one of
 * another shape is closed. Where only an adapter learns, the reference policy is another adapter on
 * the policy's own weights.
 */
public final class ResidentModels {
  /** What a model is for. */
  public enum Role {
    /** The model being trained. */
    POLICY,
    /** Its frozen initial copy. */
    REFERENCE,
    /** What values its tokens. */
    CRITIC
  }

  private static final Map<Role, Deque<Resident>> FREE = new EnumMap<>(Role.class);

  private ResidentModels() {}

  /** A model of version {@code policy}, to be closed after use. */
  public static Lease acquire(Role role, PolicyVersion policy) {
    Resident free = takeFree(role);
    ComputeDevice device = policy.settings().resolve();
    if (free != null && !free.fits(policy, device)) {
      free.close();
      free = null;
    }
    Resident resident = free == null ? new Resident(policy, device) : free;
    try {
      return new Lease(role, resident, policy, () -> release(role, resident));
    } catch (RuntimeException e) {
      // Nobody knows what it holds.
      resident.close();
      throw e;
    }
  }

  /** Closes the models that no task uses. */
  public static void releaseFree() {
    synchronized (FREE) {
      FREE.values().forEach(free -> free.forEach(Resident::close));
      FREE.clear();
    }
  }

  private static Resident takeFree(Role role) {
    synchronized (FREE) {
      Deque<Resident> free = FREE.get(role);
      return free == null ? null : free.poll();
    }
  }

  private static void release(Role role, Resident resident) {
    synchronized (FREE) {
      FREE.computeIfAbsent(role, absent -> new ArrayDeque<>()).push(resident);
    }
  }

  /** The use of a model by one task. */
  public static final class Lease implements AutoCloseable {
    private final Resident resident;
    private final Resident.Held held;
    private final long version;
    private final Runnable release;

    private Lease(Role role, Resident resident, PolicyVersion policy, Runnable release) {
      this.release = release;
      this.resident = resident;
      this.held = resident.take(role, policy);
      this.version = policy.version();
    }

    /** The model, valid until the lease is closed. */
    public LanguageModel model() {
      return held.model();
    }

    /**
     * A model of the reference policy, to be closed before this lease: on the same weights where
     * policy and reference adapt the same ones, else one of its own.
     */
    public Lease reference(PolicyVersion reference) {
      return resident.hasBaseOf(reference)
          ? new Lease(Role.REFERENCE, resident, reference, () -> {})
          : acquire(Role.REFERENCE, reference);
    }

    /** What this executor computes with, for the driver to compare with what it published. */
    public WeightsUsed weightsUsed() {
      return new WeightsUsed(
          ExecutorIdentity.current(),
          version,
          held.fingerprint(),
          resident.device().gpu() < 0 ? InstructionSet.current() : WeightsUsed.GPU);
    }

    @Override
    public void close() {
      release.run();
    }
  }
}
