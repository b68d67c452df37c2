package qoa.core.evaluate.opa;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the bearer token out of what OPA sends back, so that an OPA, or a proxy before it, that
 * repeats a request in its answer does not bring the token to log, health or events. Immutable.
 */
final class TokenFilter {

  private static final String HIDDEN = "***";

  /** A shorter one may be part of a verdict by chance, and is no secret. */
  private static final int SECRET_LENGTH = 8;

  private final List<String> forms;

  /**
   * @param token null for none
   */
  TokenFilter(String token) {
    forms =
        token == null || token.length() < SECRET_LENGTH
            ? List.of()
            : Stream.of(
                    token,
                    new String(JsonStringEncoder.getInstance().quoteAsString(token)),
                    URLEncoder.encode(token, StandardCharsets.UTF_8))
                .distinct()
                .toList();
  }

  /** The text with {@code ***} where it had the token; null for null. */
  String hide(String text) {
    String hidden = text;
    for (String form : forms) {
      hidden = hidden == null ? null : hidden.replace(form, HIDDEN);
    }
    return hidden;
  }

  /** The same for a text in UTF-8; mostly the bytes that were given. */
  byte[] hide(byte[] text) {
    // One byte a character, so that nothing else changes whatever the bytes are.
    String latin = new String(text, StandardCharsets.ISO_8859_1);
    String hidden = latin;
    for (String form : forms) {
      byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
      hidden = hidden.replace(new String(bytes, StandardCharsets.ISO_8859_1), HIDDEN);
    }
    return hidden.equals(latin) ? text : hidden.getBytes(StandardCharsets.ISO_8859_1);
  }
}
