package qoa.rego.builtins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.rego.budget.LimitException;
import qoa.rego.value.JsonReader;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoValue;

/** The expected results are what OPA prints. */
class ArithmeticBuiltinsTest {
  private static final BuiltinContext CONTEXT = Contexts.unlimited();

  private static RegoValue call(String name, String a, String b) {
    Builtin.Of2 function = (Builtin.Of2) Builtins.find(name);
    return function.call(CONTEXT, RegoNumber.parse(a), RegoNumber.parse(b));
  }

  @ParameterizedTest
  @CsvSource({
    "plus, 0.1, 0.2, 0.3",
    "plus, 9223372036854775807, 1, 9223372036854775808",
    "plus, 9007199254740993, 0, 9007199254740993",
    "plus, 12345678901234567890.5, 1, 12345678901234567891",
    "plus, 123456789.123456789, 1, 1.23456790123456789e+08",
    "minus, 3.3, 1.1, 2.1999999999999999998",
    "minus, -9223372036854775808, 1, -9223372036854775809",
    "mul, 1e20, 10, 1000000000000000000000",
    "mul, 1e20, 10.5, 1050000000000000000000",
    "mul, 1.1, 1.1, 1.21",
    "mul, 100, 1.1, 110",
    "mul, 1.15, 100, 115",
    "mul, 3037000500, 3037000500, 9223372037000250000",
    "mul, 1e-7, 1, 1e-07",
    "div, 10, 3, 3.3333333333333333333",
    "div, 10, 5, 2",
    "div, 1, 3, 0.33333333333333333334",
    "div, 1e-10, 3, 3.3333333333333333333e-11",
    "div, 7.0, 2, 3.5",
    "rem, 5, 3, 2",
    "rem, -5, 3, -2",
    "rem, 36893488147419103233, 18446744073709551617, 18446744073709551616",
  })
  void computesAsOpaDoes(String name, String a, String b, String result) {
    assertThat(call(name, a, b)).hasToString(result);
  }

  @ParameterizedTest
  @CsvSource({
    "round, 2.5, 3",
    "round, -2.5, -3",
    "round, 0.4, 0",
    "round, 1e28, 9999999999999999999731564544",
    "ceil, -1.5, -1",
    "ceil, 1.2, 2",
    "floor, -1.5, -2",
    "floor, 1.9, 1",
    "abs, -1.50, 1.5",
    "abs, -3, 3",
    "abs, -5e-324, 5e-324",
    "abs, -9223372036854775808, 9223372036854775808"
  })
  void roundsAsOpaDoes(String name, String a, String result) {
    Builtin.Of1 function = (Builtin.Of1) Builtins.find(name);
    assertThat(function.call(CONTEXT, RegoNumber.parse(a))).hasToString(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sum; [0.1, 0.2, 0.3]; 0.6",
        "sum; [1, 2, 0.5]; 3.5",
        "sum; []; 0",
        "product; [1.1, 1.1, 1.1]; 1.3310000000000000001",
        "max; [1, \"a\", 2]; \"a\"",
        "min; [3, 1, 2]; 1"
      })
  void aggregatesAsOpaDoes(String name, String array, String result) throws IOException {
    Builtin.Of1 function = (Builtin.Of1) Builtins.find(name);
    assertThat(function.call(CONTEXT, JsonReader.read(array, CONTEXT))).hasToString(result);
  }

  @Test
  void failsWhereThereIsNoResult() {
    assertThatThrownBy(() -> call("div", "1", "0")).hasMessage("divide by zero");
    assertThatThrownBy(() -> call("rem", "1", "0")).hasMessage("modulo by zero");
    assertThatThrownBy(() -> call("rem", "1", "18446744073709551616")).hasMessage("modulo by zero");
    assertThatThrownBy(() -> call("rem", "1.5", "1")).hasMessage("modulo on floating-point number");
    assertThatThrownBy(() -> call("bits.lsh", "1", "1000000000"))
        .isInstanceOf(LimitException.class);
  }
}
