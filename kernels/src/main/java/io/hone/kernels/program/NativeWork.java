package io.hone.kernels.program;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Native work of this JVM. A JVM that ends, such as by Ctrl-C, takes libtorch's data down while its
 * own threads may still be computing with it, which crashes; so the end waits for work under way,
 * not for long, and no new work begins then.
 */
final class NativeWork {
  private static final long PATIENCE_SECONDS = 5;
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(NativeWork::end, "end of native work"));
  }

  private NativeWork() {}

  static <T> T run(Supplier<T> work) {
    LOCK.readLock().lock();
    try {
      return work.get();
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /** Never unlocks; where work takes longer, the JVM ends under it. */
  @SuppressWarnings("ResultOfMethodCallIgnored") // either way there is nothing more to wait for
  private static void end() {
    try {
      LOCK.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
