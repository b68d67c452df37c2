package qoa.core.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Recorded reports with one to three changes. */
final class Mutations {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.eE+-]*");
  private static final Pattern STRING = Pattern.compile("\"[^\"\\\\]*\"");
  private static final Pattern BETWEEN = Pattern.compile("[{}\\[\\],:]");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\t\r\n",
          "\f",
          "\u0000",
          "\u001f",
          "\u007f",
          "\"",
          "\\",
          "\\\"",
          "\\\\",
          "\\/",
          "\\b\\f\\n\\r\\t",
          "\\x",
          "\\u00b5s",
          "\\u00B5",
          "\\ud83d\\ude00",
          "\\ud83d",
          "\\u00g0",
          "\\u12",
          "\u00b5",
          "\u20ac",
          "\ud83d\ude00",
          "long".repeat(20),
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "false",
          "nul",
          "truex",
          "NaN",
          "Infinity",
          "{}",
          "[]",
          "[1,]",
          "{\"a\":1,}",
          "{\"a\":1,\"a\":2}",
          "{\"a\":1,\"\\u0061\":2}",
          "[[[[1]]]]",
          "// no",
          "'",
          "[".repeat(95) + "]".repeat(95),
          "[".repeat(101) + "]".repeat(101));

  /** Texts that are not UTF-8, or that start with a byte order mark. */
  private static final List<String> BYTES =
      List.of(
          "\u0080",
          "\u00c0\u0080",
          "\u00c1\u00bf",
          "\u00c3",
          "\u00c3(",
          "\u00e2\u0082",
          "\u00ff",
          "\u00e0\u009f\u00bf",
          "\u00ed\u00a0\u0080",
          "\u00ed\u009f\u00bf",
          "\u00ef\u00bb\u00bf",
          "\u00f0\u008f\u00bf\u00bf",
          "\u00f4\u0090\u0080\u0080",
          "\u00f4\u008f\u00bf\u00bf",
          "\u00f5\u0080\u0080\u0080",
          "\u00fe\u00ff");

  private final Random random;
  private final List<byte[]> originals;

  Mutations(Random random, List<byte[]> originals) {
    this.random = random;
    this.originals = originals;
  }

  /** The next message. Text is handled as Latin-1, so that a character is a byte. */
  byte[] next() {
    String text = new String(one(originals), ISO_8859_1);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      text = changed(text);
    }
    return text.getBytes(ISO_8859_1);
  }

  private String changed(String text) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + random.nextInt(40));
    return switch (random.nextInt(11)) {
      case 0 -> text.substring(0, at) + text.substring(to);
      case 1 -> text.substring(0, to) + text.substring(at);
      case 2 -> text.substring(0, at);
      case 3 -> at == text.length() ? text : flipped(text, at);
      case 4 -> text.substring(0, at) + one(BYTES) + text.substring(at);
      case 5 -> text.substring(0, at) + latin(one(TEXTS)) + text.substring(at);
      case 6, 7 -> replaced(text, NUMBER, number(random));
      case 8 -> replaced(text, STRING, "\"" + latin(one(TEXTS)) + "\"");
      case 9 -> replaced(text, STRING, new String(one(originals), ISO_8859_1));
      default -> spaced(text);
    };
  }

  private String flipped(String text, int at) {
    char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(8)));
    return text.substring(0, at) + flipped + text.substring(at + 1);
  }

  /** Replaces a match; a string may be replaced by another one of the report. */
  private String replaced(String text, Pattern pattern, String by) {
    List<MatchResult> matches = pattern.matcher(text).results().toList();
    if (matches.isEmpty()) {
      return text;
    }
    MatchResult match = one(matches);
    String other = by.length() > 200 ? one(matches).group() : by;
    return text.substring(0, match.start()) + other + text.substring(match.end());
  }

  private String spaced(String text) {
    return BETWEEN
        .matcher(text)
        .replaceAll(mark -> random.nextBoolean() ? mark.group() + " " : "\n\t" + mark.group());
  }

  /** A number in JSON, or almost. */
  static String number(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 1 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      case 2 -> Long.toString(random.nextLong() >> random.nextInt(63));
      case 3 -> digits(random, 25) + "." + digits(random, 25);
      case 4 -> digits(random, 20) + "e" + (random.nextInt(700) - 350);
      case 5 -> "-" + digits(random, 3) + "." + digits(random, 18) + "E+" + random.nextInt(30);
      case 6 -> "0." + digits(random, 1_200);
      case 7 ->
          one(
              random,
              List.of(
                  "-0",
                  "0",
                  "-0.0",
                  "0e5",
                  "00",
                  "01",
                  "-",
                  "-x",
                  "1.",
                  ".5",
                  "+1",
                  "1e",
                  "1e+",
                  "1.5e-",
                  "1e400",
                  "-1e400",
                  "1e-400",
                  "4.9e-324",
                  "2.2250738585072014e-308",
                  "1.7976931348623157e308",
                  "1.7976931348623159e308",
                  "9007199254740993",
                  "9007199254740993.0",
                  "18446744073709551615.0",
                  "18446744073709551616.0",
                  "1e99999",
                  "1e-99999",
                  "1e0000000001",
                  "0x10",
                  "1_000"));
      default -> digits(random, 1 + random.nextInt(1_200));
    };
  }

  private static String digits(Random random, int most) {
    StringBuilder digits = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private <T> T one(List<T> list) {
    return one(random, list);
  }

  private static <T> T one(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
