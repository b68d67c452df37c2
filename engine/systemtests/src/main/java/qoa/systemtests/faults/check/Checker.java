package qoa.systemtests.faults.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the messages that subscribers receive with the expected ones: every event and every dead
 * letter once, with the content that follows from the reports.
 */
public final class Checker {

  /** The text of forged headers, which no dead letter may contain. */
  public static final String FORGED = "forged";

  private final List<Terms> contracts;
  private final Input input;

  /** Contracts whose events are not checked. */
  private final Set<String> open;

  /**
   * @param contracts all versions of each contract, in the order in which they were active
   * @param messages all messages that were sent to the engine
   */
  public Checker(List<Terms> contracts, List<Stored> messages) {
    this.contracts = contracts;
    this.input = Input.of(messages);
    this.open =
        contracts.stream()
            .filter(terms -> terms.outcome() == Terms.Outcome.ANY)
            .map(Terms::id)
            .collect(Collectors.toSet());
  }

  /**
   * Compares.
   *
   * @param events all committed events
   * @param deadLetters all committed dead letters
   * @param statuses all committed statuses
   */
  public Findings check(List<Stored> events, List<Stored> deadLetters, List<Stored> statuses) {
    List<FoundEvent> found =
        events.stream()
            .map(FoundEvent::of)
            .filter(event -> !open.contains(event.claim().about().contract()))
            .toList();
    Expectation expectation = new Expectation(contracts, input.reports(), found);
    long messages = (long) input.reports().size() + input.deadLetters().size();
    Findings findings =
        new Findings(messages, expectation.events().size(), input.deadLetters().size());
    compareEvents(expectation.events(), found, findings);
    expectation.problems().forEach(findings::wrong);
    compareDeadLetters(deadLetters, findings);
    Standings.compare(expectation.standings(), statuses, open, findings);
    return findings;
  }

  private static void compareEvents(
      List<Claim> expected, List<FoundEvent> events, Findings findings) {
    Map<Claim.About, Claim> missing = new LinkedHashMap<>();
    for (Claim claim : expected) {
      if (missing.put(claim.about(), claim) != null) {
        throw new IllegalArgumentException(
            "two promises that cannot be distinguished: " + claim.about());
      }
    }
    Map<Claim.About, FoundEvent> found = new HashMap<>();
    Map<String, FoundEvent> ids = new HashMap<>();
    for (FoundEvent event : events) {
      FoundEvent before = found.putIfAbsent(event.claim().about(), event);
      FoundEvent sameId = ids.putIfAbsent(event.id(), event);
      Claim wanted = missing.remove(event.claim().about());
      if (before != null) {
        findings.duplicated(twice(before, event));
      } else if (wanted == null) {
        findings.wrong("not expected: " + event);
      } else if (sameId != null) {
        findings.wrong("the id of another event: " + event + "; " + sameId);
      } else {
        compare(wanted, event, findings);
      }
    }
    missing.values().forEach(claim -> findings.lost(claim.type() + " " + claim.about()));
  }

  private static void compare(Claim wanted, FoundEvent event, Findings findings) {
    List<String> differences = wanted.differences(event.claim());
    if (!differences.isEmpty()) {
      findings.wrong(event + ": " + String.join("; ", differences));
    }
  }

  private static String twice(FoundEvent before, FoundEvent event) {
    String ids = before.id().equals(event.id()) ? "the same id" : "another id";
    return "%s, with %s; before as %s at %s"
        .formatted(event, ids, before.claim().type(), before.place());
  }

  private void compareDeadLetters(List<Stored> deadLetters, Findings findings) {
    Map<Place, FoundDeadLetter> missing = new LinkedHashMap<>();
    input.deadLetters().forEach(expected -> missing.put(expected.message().place(), expected));
    Set<Place> found = new HashSet<>();
    for (Stored message : deadLetters) {
      Place original = original(message);
      FoundDeadLetter wanted = missing.remove(original);
      if (!found.add(original)) {
        findings.duplicated("dead letter of " + original);
      } else if (wanted == null) {
        findings.wrong("dead letter of " + original + " is not expected: " + message.headers());
      } else if (!isUnchanged(wanted.message(), message)) {
        findings.wrong("dead letter of " + original + " is not what was sent");
      } else if (!wanted.reason().equals(message.headers().get("qoa.reason"))) {
        findings.wrong(
            "dead letter of %s: reason is %s, expected %s"
                .formatted(original, message.headers().get("qoa.reason"), wanted.reason()));
      }
    }
    missing.keySet().forEach(place -> findings.lost("dead letter of " + place));
  }

  /** Headers that look like those of the engine are dropped. All others are kept. */
  private static boolean isUnchanged(Stored sent, Stored deadLetter) {
    Map<String, String> headers = new HashMap<>(sent.headers());
    headers.keySet().removeIf(name -> name.startsWith("qoa."));
    return Arrays.equals(sent.key(), deadLetter.key())
        && Arrays.equals(sent.value(), deadLetter.value())
        && deadLetter.headers().entrySet().containsAll(headers.entrySet())
        && !deadLetter.headers().containsKey("qoa.sources")
        && !deadLetter.headers().containsValue(FORGED);
  }

  private static Place original(Stored deadLetter) {
    Map<String, String> headers = deadLetter.headers();
    return new Place(
        headers.getOrDefault("qoa.topic", "none"),
        Integer.parseInt(headers.getOrDefault("qoa.partition", "-1")),
        Long.parseLong(headers.getOrDefault("qoa.offset", "-1")));
  }
}
