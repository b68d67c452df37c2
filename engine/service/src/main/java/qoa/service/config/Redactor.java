package qoa.service.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the values that must not be printed, and replaces them in a text with their reference, such
 * as {@code ${env:TOKEN}}. It is applied where text leaves the process (standard error, health,
 * HTTP responses), because messages of the JDK, Kafka and OPA quote configured values. Any thread
 * may call it.
 *
 * <p>Values of fewer than {@value #MIN_LENGTH} characters are not replaced, because they occur in
 * ordinary text.
 */
public final class Redactor {

  /** The redactor of this process. */
  public static final Redactor OF_PROCESS = new Redactor();

  static final int MIN_LENGTH = 4;

  /** The secret within a JAAS setting. */
  private static final Pattern INNER =
      Pattern.compile("(?i)\\w*(?:password|secret|token|key)\\w*\\s*=\\s*[\"']([^\"']*)[\"']");

  private record Hidden(String value, String shown) {}

  private volatile List<Hidden> hidden = List.of();

  /**
   * Hides a value from now on, also each of its lines and its escaped forms in JSON and URLs.
   *
   * @param shown the text to print instead
   */
  synchronized void hide(String value, String shown) {
    Set<String> forms = new TreeSet<>(Set.of(value));
    value.lines().map(String::strip).forEach(forms::add);
    Matcher inner = INNER.matcher(value);
    while (inner.find()) {
      forms.add(inner.group(1));
    }
    for (String form : List.copyOf(forms)) {
      forms.add(form.replace("\\", "\\\\").replace("\"", "\\\""));
      forms.add(URLEncoder.encode(form, StandardCharsets.UTF_8));
    }
    List<Hidden> more = new ArrayList<>(hidden);
    for (String form : forms) {
      if (form.length() >= MIN_LENGTH && more.stream().noneMatch(h -> h.value().equals(form))) {
        more.add(new Hidden(form, shown));
      }
    }
    more.sort(Comparator.comparingInt((Hidden h) -> h.value().length()).reversed());
    hidden = List.copyOf(more);
  }

  /** The text with all hidden values replaced, the longest first. */
  public String redact(String text) {
    String redacted = text;
    for (Hidden each : hidden) {
      redacted = redacted.replace(each.value(), each.shown());
    }
    return redacted;
  }
}
