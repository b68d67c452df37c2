package qoa.core.sink;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import qoa.core.lifecycle.Event;
import qoa.core.model.DeadLetter;
import qoa.core.model.Finding;
import qoa.core.model.Promise;
import qoa.core.model.RawReport;
import qoa.core.model.Verdict;

/**
 * Events as one line for people: time, type, promise, stakeholders and reason. Plain functions; any
 * thread may call them.
 */
final class EventText {

  private static final int DECIMALS = 6;
  private static final BigDecimal SMALL = new BigDecimal("0.001");
  private static final int PLAIN_MAGNITUDE = 12;

  private EventText() {}

  /**
   * An event, without the line's end: {@code 2026-11-23T10:00:10Z OPENED object-detection
   * gateway-latency at gateway | aaltosea1 -> student1 | AVERAGE response_time at gateway is 0.13
   * s, promised less_equal 0.1 s | major}.
   */
  static String line(Event event) {
    StringJoiner parts = new StringJoiner(" | ");
    parts.add(promise(event));
    add(parts, "", stakeholders(event));
    add(parts, "", reason(event.verdict()));
    add(parts, "", event.promise().severity());
    add(parts, "", event.evaluation().late() ? "late report" : null);
    Instant time = Instant.ofEpochMilli(event.time()).truncatedTo(ChronoUnit.SECONDS);
    return singleLine(
        String.format(Locale.ROOT, "%s  %-12s  %s", time, label(event.type()), parts));
  }

  /** A message that is no report: its file and line, counted from 1, and what is wrong. */
  static String line(DeadLetter deadLetter) {
    RawReport raw = deadLetter.raw();
    String position = raw.sourcePartition().topic() + ":" + (raw.sourceOffset() + 1);
    return singleLine(
        "dead letter  "
            + position
            + ": "
            + deadLetter.reason().label()
            + ": "
            + deadLetter.detail());
  }

  private static String label(Event.Type type) {
    return switch (type) {
      case OCCURRED -> "VIOLATED";
      case OPENED -> "OPENED";
      case CONTINUED -> "continued";
      case RESOLVED -> "RESOLVED";
      case UNDETERMINED -> "undetermined";
      case FAILED -> "POLICY ERROR";
    };
  }

  private static String promise(Event event) {
    StringJoiner promise = new StringJoiner(" ");
    promise.add(event.evaluation().contract().id());
    add(promise, "", event.promise().constraint());
    add(promise, "at ", event.promise().stage());
    add(promise, "instance ", event.promise().instance());
    return promise.toString();
  }

  private static String stakeholders(Event event) {
    if (event.stakeholder() == null) {
      return null;
    }
    List<String> consumers = event.promise().consumers();
    boolean hasConsumers = consumers != null && !consumers.isEmpty();
    return event.stakeholder().id() + (hasConsumers ? " -> " + String.join(", ", consumers) : "");
  }

  /** The policy's own message, or the one that {@code qoa.contract} would give. */
  private static String reason(Verdict verdict) {
    Finding finding = verdict.finding();
    if (finding.message() != null || finding.observed() == null) {
      return finding.message();
    }
    Promise promise = verdict.promise();
    StringJoiner reason = new StringJoiner(" ");
    add(reason, "", promise.aggregate());
    add(reason, "", promise.metric());
    add(reason, "at ", promise.stage());
    reason.add("is " + text(finding.observed()));
    JsonNode expected = promise.expected();
    if (expected == null) {
      return reason.toString();
    }
    return reason + unit(expected) + ", promised " + expected(expected);
  }

  private static String expected(JsonNode expected) {
    if (!expected.path("operator").isTextual()) {
      return text(expected);
    }
    JsonNode value = expected.path("value");
    String amount =
        value.has("min") && value.has("max")
            ? text(value.get("min")) + " to " + text(value.get("max"))
            : text(value);
    return expected.get("operator").textValue() + " " + amount + unit(expected);
  }

  private static String unit(JsonNode expected) {
    return expected.path("unit").isTextual() ? " " + expected.get("unit").textValue() : "";
  }

  /** Numbers to six decimals, as {@code qoa.contract} has them; small ones whole. */
  private static String text(JsonNode value) {
    if (!value.isFloatingPointNumber()) {
      return value.isValueNode() ? value.asText() : value.toString();
    }
    BigDecimal number = value.decimalValue();
    BigDecimal rounded =
        number.abs().compareTo(SMALL) < 0
            ? number
            : number.setScale(DECIMALS, RoundingMode.HALF_UP);
    BigDecimal shown = rounded.stripTrailingZeros();
    boolean plain = Math.abs(shown.precision() - shown.scale()) <= PLAIN_MAGNITUDE;
    return plain ? shown.toPlainString() : shown.toString();
  }

  private static void add(StringJoiner parts, String before, String part) {
    if (part != null) {
      parts.add(before + part);
    }
  }

  /** Messages come from policies and reports, and must not start new lines. */
  private static String singleLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
  }
}
