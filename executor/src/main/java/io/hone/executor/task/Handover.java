package io.hone.executor.task;

import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the tasks of one job leave their results for the driver if they run in its JVM, as they do
 * on a local master: a gradient as large as the model is then handed over instead of written,
 * stored and read back. From any other JVM results travel with their task. Whatever was left and
 * not received, such as the results of a failed job, goes when this is closed.
 *
 * @param <T> serializable; not changed by anybody once it has been sent
 */
public final class Handover<T> implements AutoCloseable {
  private static final Map<UUID, Handover<?>> OPEN = new ConcurrentHashMap<>();

  private final Address<T> address = new Address<>(UUID.randomUUID());
  private final AtomicLong tickets = new AtomicLong();
  private final Map<Long, T> left = new ConcurrentHashMap<>();

  private Handover() {}

  /** A new one, in this JVM. */
  public static <T> Handover<T> open() {
    Handover<T> handover = new Handover<>();
    OPEN.put(handover.address.id, handover);
    return handover;
  }

  /** What tasks need to send results here. */
  public Address<T> address() {
    return address;
  }

  /** The result that a parcel of this address stands for; each can be received once. */
  public T receive(Parcel<T> parcel) {
    return parcel instanceof Parcel.Left<T> ticket
        ? left.remove(ticket.ticket())
        : ((Parcel.Sent<T>) parcel).result();
  }

  private Parcel<T> leave(T result) {
    long ticket = tickets.getAndIncrement();
    left.put(ticket, result);
    return new Parcel.Left<>(ticket);
  }

  @Override
  public void close() {
    OPEN.remove(address.id);
  }

  /** Known to tasks. */
  public static final class Address<T> implements Serializable {
    private static final long serialVersionUID = 1;

    private final UUID id;

    private Address(UUID id) {
      this.id = id;
    }

    /** Makes a result ready to be returned by a task. */
    public Parcel<T> send(T result) {
      @SuppressWarnings("unchecked") // opened together with this address
      Handover<T> here = (Handover<T>) OPEN.get(id);
      return here == null ? new Parcel.Sent<>(result) : here.leave(result);
    }
  }

  /** What a task returns in place of its result. */
  public sealed interface Parcel<T> extends Serializable {
    /** The result itself. */
    record Sent<T>(T result) implements Parcel<T> {}

    /** The number under which it was left. */
    record Left<T>(long ticket) implements Parcel<T> {}
  }
}
