package qoa.rego.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegoNumberTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1, 1e0",
    "100, 1e2",
    "0, -0",
    "0, 0.00",
    "0.1, 0.10",
    "1e21, 1000000000000000000000",
    "9223372036854775807, 9223372036854775807.0",
    "-9223372036854775808, -9.223372036854775808e18",
    "0.1000000000000000055511151231257827, 0.10000000000000000555111512312578270"
  })
  void sameNumber_isEqual_howeverItIsWritten(String a, String b) {
    RegoNumber x = RegoNumber.parse(a);
    RegoNumber y = RegoNumber.parse(b);
    assertThat(x).isEqualTo(y).hasSameHashCodeAs(y).isEqualByComparingTo(y);
  }

  @Test
  void ordersExactly_whereDoublesCannot() {
    RegoNumber[] ascending = {
      RegoNumber.parse("-1e30"),
      RegoNumber.of(Long.MIN_VALUE),
      RegoNumber.of(-1),
      RegoNumber.parse("-0.5"),
      RegoNumber.of(0),
      RegoNumber.parse("0.1"),
      RegoNumber.parse("0.10000000000000000001"),
      RegoNumber.of(1),
      RegoNumber.parse("1.5"),
      RegoNumber.of((1L << 53)),
      RegoNumber.of((1L << 53) + 1),
      RegoNumber.parse("9007199254740993.5"),
      RegoNumber.of(Long.MAX_VALUE),
      RegoNumber.of(BigInteger.ONE.shiftLeft(63)),
      RegoNumber.parse("1e21"),
      RegoNumber.parse("1e300"),
    };
    for (int i = 0; i < ascending.length; i++) {
      for (int j = 0; j < ascending.length; j++) {
        assertThat(Integer.signum(ascending[i].compareTo(ascending[j])))
            .as("%s and %s", ascending[i], ascending[j])
            .isEqualTo(Integer.compare(i, j));
        assertThat(ascending[i].equals(ascending[j])).isEqualTo(i == j);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "1e21, 1e21",
    "1e-7, 1e-7",
    "0.30, 0.30",
    "9007199254740993, 9007199254740993"
  })
  void keepsTheTextItWasReadFrom(String text, String printed) {
    assertThat(RegoNumber.parse(text)).hasToString(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1e21, 1000000000000000000000",
    "1e-7, 1e-07",
    "1234567.5, 1.2345675e+06",
    "100000.5, 100000.5",
    "50, 50"
  })
  void computedNumber_printsAsGoDoes(double value, String printed) {
    assertThat(RegoNumber.of(value)).hasToString(printed);
  }

  @Test
  void ofDouble_isItsShortestDecimal() {
    assertThat(RegoNumber.of(0.1)).isEqualTo(RegoNumber.of(new BigDecimal("0.1")));
    assertThat(RegoNumber.of(3.0)).isEqualTo(RegoNumber.of(3));
    assertThatThrownBy(() -> RegoNumber.of(Double.NaN)).isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "01", "+1", ".5", "1.", "1e", "0x1", "1 ", "NaN", "1e10001"})
  void rejectsWhatIsNoJsonNumber(String text) {
    assertThatThrownBy(() -> RegoNumber.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
