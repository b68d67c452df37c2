package qoa.core.documents;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that a user probably meant. */
public final class NearestName {

  private NearestName() {}

  /**
   * The known name with the smallest edit distance, ignoring case and {@code _ - .}; empty if more
   * than a third of the letters differ.
   */
  public static Optional<String> to(String written, Collection<String> known) {
    String plain = plain(written);
    return known.stream()
        .filter(name -> distance(plain, name) <= allowed(name))
        .min(
            Comparator.comparingInt((String name) -> distance(plain, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code "; did you mean x?"}, or an empty string if no known name is near. */
  public static String hint(String written, Collection<String> known) {
    return to(written, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static int allowed(String name) {
    return Math.max(name.length() / 3, Math.min(2, name.length() / 2));
  }

  private static int distance(String plain, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(plain, plain(name));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
  }
}
