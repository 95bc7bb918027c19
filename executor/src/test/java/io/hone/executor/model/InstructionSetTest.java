package io.hone.executor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstructionSetTest {
  @Test
  void isTheWidestThatTheTensorEngineUses() {
    assertThat(of("sse2 avx avx2 fma avx512f avx512bw avx512vl avx512dq"))
        .isEqualTo("AuthenticAMD avx512");
    assertThat(of("sse2 avx avx2 fma avx512f")).isEqualTo("AuthenticAMD avx2");
    assertThat(of("sse2 avx")).isEqualTo("AuthenticAMD default");
  }

  @Test
  void aProcessorWithoutFlagsIsNamedByItsArchitecture() {
    assertThat(InstructionSet.of(List.of("processor : 0", "Features : fp asimd")))
        .isEqualTo(System.getProperty("os.arch") + " default");
  }

  private static String of(String flags) {
    return InstructionSet.of(List.of("vendor_id\t: AuthenticAMD", "flags\t\t: " + flags));
  }
}
