package qoa.engine.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${env:NAME}} and {@code ${file:/path}} in texts, so that secrets need not stand in
 * {@code engine.yaml}. The form is that of Kafka's config providers.
 */
final class Substitution {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+):([^}]*)}");

  private final UnaryOperator<String> environment;

  /**
   * @param environment from a variable's name to its value, or null where it is not set
   */
  Substitution(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  static boolean isReference(String text) {
    return REFERENCE.matcher(text).find();
  }

  /**
   * The text with its references filled in.
   *
   * @param othersStay whether references to other providers are left for Kafka to fill in
   * @throws IllegalArgumentException where there is nothing to fill in; its message is the user's
   */
  String fill(String text, boolean othersStay) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match, othersStay)));
  }

  private String value(MatchResult match, boolean othersStay) {
    String name = match.group(2);
    return switch (match.group(1)) {
      case "env" -> environmentValue(name);
      case "file" -> fileValue(name);
      default -> {
        if (!othersStay) {
          throw new IllegalArgumentException(
              match.group() + " is not known; expected ${env:NAME} or ${file:/path}");
        }
        yield match.group();
      }
    };
  }

  private String environmentValue(String name) {
    String value = environment.apply(name);
    if (value == null) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return value;
  }

  /** The file's content without the line break that editors end it with. */
  private static String fileValue(String name) {
    try {
      return Files.readString(Path.of(name)).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("the file " + name + " cannot be read", e);
    }
  }
}
