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
 * Fills {@code ${env:NAME}} and {@code ${file:/path}} in texts, so that secrets need not stand in
 * {@code engine.yaml}. The form is that of Kafka's config providers. What is filled in is hidden
 * from then on, unless it is a number, which says nothing and stands in many places.
 */
final class Substitution {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+):([^}]*)}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9.]+(ms|s|m|h|d|B|KiB|MiB)?|true|false");
  private static final int MAX_BYTES = 64 * 1024;

  private final UnaryOperator<String> environment;
  private final Redactor redactor;

  /**
   * @param environment from a variable's name to its value, or null where it is not set
   * @param redactor told what is filled in
   */
  Substitution(UnaryOperator<String> environment, Redactor redactor) {
    this.environment = environment;
    this.redactor = redactor;
  }

  static boolean isReference(String text) {
    return REFERENCE.matcher(text).find();
  }

  /**
   * The text with its references filled in.
   *
   * @param key the setting that it is of: its name tells whether it is a secret whatever it looks
   *     like, and whether it may have more than one line
   * @param othersStay whether references to other providers are left for Kafka to fill in
   * @throws IllegalArgumentException where there is nothing to fill in; its message is the user's,
   *     and does not quote the value
   */
  String fill(String key, String text, boolean othersStay) {
    String filled =
        REFERENCE
            .matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(value(key, match, othersStay)));
    if (SecretKeys.isSecretItself(key) && !isReference(text)) {
      redactor.hide(filled, Secret.HIDDEN);
    }
    return filled;
  }

  private String value(String key, MatchResult match, boolean othersStay) {
    String name = match.group(2);
    String value =
        switch (match.group(1)) {
          case "env" -> environmentValue(name);
          case "file" -> fileValue(name);
          default -> {
            if (!othersStay) {
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
          "what %s fills in has %s; expected one line"
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

  /** The file's content without the line break that editors end it with. */
  private static String fileValue(String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("the file " + name + " is larger than 64 KiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("\uFEFF")) {
        throw new IllegalArgumentException(
            "the file " + name + " begins with a byte order mark (BOM); save it without");
      }
      return text.replaceFirst("\\r?\\n$", "");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file " + name + " is not UTF-8 text", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("the file " + name + " cannot be read", e);
    }
  }
}
