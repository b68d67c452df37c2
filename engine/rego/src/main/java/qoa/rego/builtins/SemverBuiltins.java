package qoa.rego.builtins;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** {@code semver.*}: versions of three numbers, with their precedence (semver.org, 11). */
final class SemverBuiltins {
  private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";

  private static final Pattern VERSION =
      Pattern.compile(
          "v?([+-]?\\d+)\\.([+-]?\\d+)\\.(\\d+)(?:-("
              + IDENTIFIERS
              + ")?)?(?:\\+(?:"
              + IDENTIFIERS
              + ")?)?");

  /** Longer ones would be matched by too many calls. */
  private static final int MAX_LENGTH = 1_000;

  private SemverBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("semver.compare", Cost.READS, SemverBuiltins::compare)
        .add1("semver.is_valid", Cost.READS, (c, s) -> RegoBoolean.of(isValid(s)));
  }

  private static boolean isValid(RegoValue value) {
    return value instanceof RegoString text && parse(text.value()) != null;
  }

  private record Version(List<Long> numbers, String preRelease) {}

  private static Version parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    Matcher matcher = VERSION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    try {
      List<Long> numbers = new ArrayList<>(3);
      for (int i = 0; i < 3; i++) {
        numbers.add(Long.parseLong(matcher.group(i + 1)));
      }
      return new Version(numbers, matcher.group(4) == null ? "" : matcher.group(4));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Version version(RegoValue value, int position) {
    String text = Operands.string(value, position);
    Version version = parse(text);
    if (version == null) {
      throw new BuiltinException(
          "operand " + position + ": string " + TermText.shown(text) + " is not a valid SemVer");
    }
    return version;
  }

  private static RegoValue compare(BuiltinContext context, RegoValue a, RegoValue b) {
    Operands.string(b, 2);
    Version x = version(a, 1);
    Version y = version(b, 2);
    for (int i = 0; i < 3; i++) {
      int order = x.numbers().get(i).compareTo(y.numbers().get(i));
      if (order != 0) {
        return RegoNumber.of(order);
      }
    }
    return RegoNumber.of(comparePreReleases(x.preRelease(), y.preRelease()));
  }

  /** A release is above its pre-releases; numbers are below texts; fewer identifiers below more. */
  private static int comparePreReleases(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    String[] x = a.split("\\.", -1);
    String[] y = b.split("\\.", -1);
    for (int i = 0; i < Math.min(x.length, y.length); i++) {
      int order = compareIdentifiers(x[i], y[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(x.length, y.length);
  }

  private static int compareIdentifiers(String a, String b) {
    boolean numberA = a.matches("\\d{1,18}");
    boolean numberB = b.matches("\\d{1,18}");
    if (numberA && numberB) {
      return Long.compare(Long.parseLong(a), Long.parseLong(b));
    }
    return numberA || numberB ? Boolean.compare(numberB, numberA) : Integer.signum(a.compareTo(b));
  }
}
