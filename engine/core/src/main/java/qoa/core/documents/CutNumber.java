package qoa.core.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds numbers that a comma splits into two entries of a map: in YAML, {@code {value: 0,8}} is a
 * value 0 and a key 8 without a value. Not thread-safe.
 */
final class CutNumber {

  private static final Pattern DIGITS = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  private static final int THOUSAND = 3;

  private String file;
  private int line;
  private String pointer;
  private String number;
  private final List<String> rest = new ArrayList<>();

  /**
   * Starts with an entry.
   *
   * @param number its value as written; null if that is not a number
   */
  void begin(String file, int line, String pointer, String number) {
    this.file = file;
    this.line = line;
    this.pointer = pointer;
    this.number = number;
    rest.clear();
  }

  /** Whether the key of the next entry may be the continuation of the number. */
  boolean mayContinueWith(String key) {
    return number != null && DIGITS.matcher(key).matches();
  }

  /** Adds the key of the next entry to the number. */
  void continueWith(String key) {
    rest.add(key);
  }

  /** The problem with the entry, if its number was split. Call this after its last part. */
  Optional<Problem> problem() {
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    String written = number + ',' + String.join(",", rest);
    String message =
        "is written %s; YAML reads this as the number %s and %s; %s"
            .formatted(
                written,
                number,
                rest.size() == 1 ? "a key " + rest.get(0) : "the keys " + String.join(", ", rest),
                advice());
    rest.clear();
    return Optional.of(new Problem(file, line, pointer, message));
  }

  private String advice() {
    String joined = number + String.join("", rest);
    boolean thousands =
        rest.stream().allMatch(part -> part.replaceFirst("\\..*", "").length() == THOUSAND);
    if (rest.size() > 1) {
      return "write numbers without commas: " + joined;
    }
    String point = "use a decimal point: " + number + '.' + rest.get(0);
    boolean decimal = !number.contains(".") && !rest.get(0).contains(".");
    boolean zero = number.replaceFirst("^[-+]", "").equals("0");
    if (thousands && !zero) {
      return decimal
          ? "write " + joined + " for thousands; for a fraction, " + point
          : "write numbers without commas: " + joined;
    }
    return point;
  }
}
