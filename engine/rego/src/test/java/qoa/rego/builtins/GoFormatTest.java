package qoa.rego.builtins;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import qoa.rego.budget.Budget;

/** The expected texts are what Go prints. */
class GoFormatTest {
  private static String format(String format, Object... arguments) {
    return GoFormat.format(Budget.UNLIMITED, format, List.of(arguments));
  }

  @Test
  void formatsIntegers() {
    assertThat(format("%+v|%+d|%5d|%-5d|%05d|%x|%X|%o|%b", 1L, 1L, 1L, 1L, 1L, 255L, 255L, 8L, 5L))
        .isEqualTo("1|+1|    1|1    |00001|ff|FF|10|101");
    assertThat(format("%c|%q|%U|%#x|%#o|%.3d", 65L, 65L, 65L, 255L, 8L, 7L))
        .isEqualTo("A|'A'|U+0041|0xff|010|007");
    assertThat(format("%v %d", new BigInteger("123456789012345678901234"), -3L))
        .isEqualTo("123456789012345678901234 -3");
  }

  @Test
  void formatsFloats() {
    assertThat(format("%v|%v|%g|%v", 100000.5, 1234567.5, 1234567.5, 0.00001))
        .isEqualTo("100000.5|1.2345675e+06|1.2345675e+06|1e-05");
    assertThat(
            format(
                "%5.2f|%e|%8.3e|%G|%.3g|%.10g", 3.14159, 1234.5, 1234.5, 1.5e-10, 1234.5, 1234.5))
        .isEqualTo(" 3.14|1.234500e+03|1.234e+03|1.5E-10|1.23e+03|1234.5");
    assertThat(format("%06.2f|%+.1f|%6.0f|%.2f", 3.14159, 2.25, 2.5, 1e21))
        .isEqualTo("003.14|+2.2|     2|1000000000000000000000.00");
  }

  @Test
  void formatsStrings() {
    assertThat(
            format(
                "%s|%10s|%-10s|%q|%x|% x|%05s|%.2s", "a", "b", "c", "d\n", "hi", "hi", "ab", "abc"))
        .isEqualTo("a|         b|c         |\"d\\n\"|6869|68 69|000ab|ab");
    assertThat(format("%s%%", "\ud83d\ude00")).isEqualTo("\ud83d\ude00%");
  }

  @Test
  void reportsMistakesInTheText() {
    assertThat(format("%d %s %!", "a")).isEqualTo("%!d(string=a) %!s(MISSING) %!!(MISSING)");
    assertThat(format("%d", 1L, 2L, "x", 1.5))
        .isEqualTo("1%!(EXTRA int64=2, string=x, float64=1.5)");
    assertThat(format("%z %d %s %t", 1L, 1.5, 1.5, "true"))
        .isEqualTo("%!z(int64=1) %!d(float64=1.5) %!s(float64=1.5) %!t(string=true)");
    assertThat(format("%")).isEqualTo("%!(NOVERB)");
  }

  @Test
  void takesArgumentsByIndex() {
    assertThat(format("%[2]d %[1]d %[5]d %*d", 1L, 2L, 3L)).isEqualTo("2 1 %!d(BADINDEX)  3");
    assertThat(format("%[2]*[1]d|%-*d|", 7L, 3L, 9L)).isEqualTo("  7|9  |");
  }
}
