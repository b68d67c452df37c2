package qoa.rego.builtins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Checks arguments; positions count from 1. All throw {@link OperandException} on a mismatch. */
final class Operands {
  private Operands() {}

  static String string(RegoValue value, int position) {
    if (value instanceof RegoString string) {
      return string.value();
    }
    throw OperandException.type(position, value, "string");
  }

  static RegoNumber number(RegoValue value, int position) {
    if (value instanceof RegoNumber number) {
      return number;
    }
    throw OperandException.type(position, value, "number");
  }

  static boolean bool(RegoValue value, int position) {
    if (value instanceof RegoBoolean bool) {
      return bool.value();
    }
    throw OperandException.type(position, value, "boolean");
  }

  static RegoArray array(RegoValue value, int position) {
    if (value instanceof RegoArray array) {
      return array;
    }
    throw OperandException.type(position, value, "array");
  }

  static RegoSet set(RegoValue value, int position) {
    if (value instanceof RegoSet set) {
      return set;
    }
    throw OperandException.type(position, value, "set");
  }

  static RegoObject object(RegoValue value, int position) {
    if (value instanceof RegoObject object) {
      return object;
    }
    throw OperandException.type(position, value, "object");
  }

  /** A whole number that fits a {@code long}. */
  static long integer(RegoValue value, int position) {
    RegoNumber number = number(value, position);
    if (number.isLong()) {
      return number.longValue();
    }
    throw new OperandException(position, "must be integer number but got floating-point number");
  }

  /** A whole number of any size. */
  static BigInteger bigInteger(RegoValue value, int position) {
    if (!(value instanceof RegoNumber number)) {
      throw OperandException.type(position, value, "integer");
    }
    if (number.isInteger()) {
      return number.bigIntegerValue();
    }
    throw new OperandException(position, "must be integer number but got floating-point number");
  }

  /** The elements of an array or a set, in order. */
  @SuppressWarnings("unchecked")
  static Iterable<RegoValue> elements(RegoValue value, int position) {
    if (value instanceof RegoArray || value instanceof RegoSet) {
      return (Iterable<RegoValue>) value;
    }
    throw OperandException.type(position, value, "array", "set");
  }

  /** The strings of an array or a set of strings, in order. */
  static List<String> strings(RegoValue value, int position) {
    List<String> strings = new ArrayList<>(value.length());
    for (RegoValue element : elements(value, position)) {
      if (!(element instanceof RegoString string)) {
        throw OperandException.element(position, value, element, "string");
      }
      strings.add(string.value());
    }
    return strings;
  }
}
