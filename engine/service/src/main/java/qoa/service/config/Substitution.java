package qoa.service.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.core.settings.Secret;
import qoa.core.settings.SecretKeys;

/**
 * Substitutes {@code ${env:NAME}} and {@code ${file:/path}}, so that secrets need not be in {@code
 * engine.yaml}. The syntax is that of Kafka's config providers. Substituted values are redacted
 * from then on, except numbers, which occur in many places.
 */
final class Substitution {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+):([^}]*)}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9.]+(ms|s|m|h|d|B|KiB|MiB)?|true|false");
  private static final int MAX_BYTES = 64 * 1024;

  private final UnaryOperator<String> environment;
  private final Redactor redactor;

  /**
   * @param environment maps the name of a variable to its value, or to null if it is not set
   * @param redactor receives the substituted values
   */
  Substitution(UnaryOperator<String> environment, Redactor redactor) {
    this.environment = environment;
    this.redactor = redactor;
  }

  static boolean isReference(String text) {
    return REFERENCE.matcher(text).find();
  }

  /**
   * The text with its references substituted.
   *
   * @param key the name of the setting; it determines whether the value is a secret, and whether
   *     the value may have more than one line
   * @param keepOthers whether references to other providers are kept, for Kafka to substitute
   * @throws IllegalArgumentException if a reference has no value; the message is for users and does
   *     not quote the value
   */
  String fill(String key, String text, boolean keepOthers) {
    String filled =
        REFERENCE
            .matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(value(key, match, keepOthers)));
    if (SecretKeys.isSecretItself(key) && !isReference(text)) {
      redactor.hide(filled, Secret.HIDDEN);
    }
    return filled;
  }

  private String value(String key, MatchResult match, boolean keepOthers) {
    String name = match.group(2);
    String value =
        switch (match.group(1)) {
          case "env" -> environmentValue(name);
          case "file" -> fileValue(name);
          default -> {
            if (!keepOthers) {
              throw new IllegalArgumentException(
                  match.group() + " is not known; expected ${env:NAME} or ${file:/path}");
            }
            yield null;
          }
        };
    if (value == null) {
      return match.group();
    }
    long lines = value.lines().count();
    boolean broken = value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
    if (broken && !SecretKeys.mayHaveLines(key)) {
      throw new IllegalArgumentException(
          "the value of %s has %s; expected one line"
              .formatted(
                  match.group(), lines == 1 ? "an empty line at its end" : lines + " lines"));
    }
    if (SecretKeys.isSecretItself(key) || !NUMBER.matcher(value).matches()) {
      redactor.hide(value, match.group());
    }
    return value;
  }

  private String environmentValue(String name) {
    String value = environment.apply(name);
    if (value == null) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return value;
  }

  /** The content of a file without its last line break. */
  private static String fileValue(String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("the file " + name + " is larger than 64 KiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("\uFEFF")) {
        throw new IllegalArgumentException(
            "the file " + name + " begins with a byte order mark (BOM); save it without one");
      }
      return text.replaceFirst("\\r?\\n$", "");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file " + name + " is not UTF-8 text", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("the file " + name + " cannot be read", e);
    }
  }
}
