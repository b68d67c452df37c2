package qoa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

  @Test
  void givesThePlural_ofAllButOne() {
    assertThat(Counted.of(0, "report")).isEqualTo("0 reports");
    assertThat(Counted.of(1, "report")).isEqualTo("1 report");
    assertThat(Counted.of(12345, "policy file")).isEqualTo("12,345 policy files");
  }
}
