package io.hone.executor.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {
  @Test
  void inOneJvmTheResultItselfIsHandedOver() throws Exception {
    List<String> result = List.of("large");
    try (Handover<List<String>> handover = Handover.open()) {
      Handover.Parcel<List<String>> parcel =
          overTheWire(overTheWire(handover.address()).send(result));
      assertThat(parcel).isInstanceOf(Handover.Parcel.Left.class);
      assertThat(handover.receive(parcel)).isSameAs(result);
    }
  }

  @Test
  void whereTheDriverIsNotTheResultTravels() throws Exception {
    Handover<List<String>> elsewhere = Handover.open();
    elsewhere.close();
    Handover.Parcel<List<String>> parcel =
        overTheWire(overTheWire(elsewhere.address()).send(List.of("large")));
    assertThat(elsewhere.receive(parcel)).containsExactly("large");
  }

  @Test
  void resultsOfDifferentJobsAndTasksAreKeptApart() {
    try (Handover<String> first = Handover.open();
        Handover<String> second = Handover.open()) {
      Handover.Parcel<String> one = first.address().send("one");
      Handover.Parcel<String> two = first.address().send("two");
      Handover.Parcel<String> other = second.address().send("other");
      assertThat(first.receive(two)).isEqualTo("two");
      assertThat(first.receive(one)).isEqualTo("one");
      assertThat(second.receive(other)).isEqualTo("other");
    }
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // what this test has just written
  private static <S> S overTheWire(S sent) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(sent);
    }
    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (S) input.readObject();
    }
  }
}
