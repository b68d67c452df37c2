package qoa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  private static final List<String> KNOWN =
      List.of("less_equal", "less_than", "range", "ml_consumer", "port");

  @ParameterizedTest
  @CsvSource({
    "lessequal, less_equal", "LESS-THAN, less_than", "rnage, range", "consumer, ml_consumer",
    "prot, port", "prt, port", "x, ", "certificate, "
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(NearestName.to(written, KNOWN).orElse(null)).isEqualTo(meant);
  }
}
