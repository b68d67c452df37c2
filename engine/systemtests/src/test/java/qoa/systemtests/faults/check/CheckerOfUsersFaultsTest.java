package qoa.systemtests.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The checker with contracts that are added, changed, removed and hostile, and with forged headers.
 * It finds nothing in correct sets of events, which are written by hand, and finds each mutation of
 * them. There is a report for each second from 100 s on, from two senders in turn.
 */
class CheckerOfUsersFaultsTest {

  private static final String CONTRACT =
      """
      id: shops
      version: %s
      application: shop
      evaluate: {window: %ds, grace: 1s}
      %s
      stakeholders: [{id: me, roles: [ml_provider]}]
      quality:
        service:
          - name: latency
            constraint_list:
              - metrics: {metric_name: %s}
                condition: {operator: less_equal, value: 0.1}
                aggregate_function: MAX
      """;

  private final List<Terms> contracts = new ArrayList<>();
  private final List<Stored> reports = new ArrayList<>();
  private final List<Stored> events = new ArrayList<>();
  private final List<Stored> letters = new ArrayList<>();
  private final List<Stored> statuses = new ArrayList<>();

  /** From windows of 2 s to windows of 4 s, noticed between 105 s and 107 s. */
  private void anEdit() throws Exception {
    reportsUntil(120);
    contracts.add(contract("1", 2, "never_reported"));
    contracts.add(contract("2", 4, "never_reported").since(104_500));
    undetermined("1", 100, 102);
    undetermined("1", 102, 104);
    undetermined("2", 104, 106);
    undetermined("2", 106, 108);
    undetermined("2", 108, 112);
    undetermined("2", 112, 116);
    status("2", "undetermined", 112, null);
  }

  @Test
  void edit_isFollowed_whereWindowsOfBothSizesBegin() throws Exception {
    anEdit();

    assertFound(0, 0, 0);
  }

  @Test
  void edit_findsEachWindow_thatIsMissingOrTwice() throws Exception {
    anEdit();
    for (Stored event : List.copyOf(events)) {
      List<Stored> all = List.copyOf(events);
      events.remove(event);
      assertFound(1, 0, 0);

      events.add(event);
      events.add(event);
      assertFound(0, 1, 0);

      events.clear();
      events.addAll(all);
    }
  }

  @Test
  void edit_findsTheWindow_thatOverlaps() throws Exception {
    anEdit();
    undetermined("2", 104, 108);

    assertFound(0, 0, 1);
  }

  @Test
  void edit_findsTheWindow_thatBeginsWhereNoneOfBothDoes() throws Exception {
    reportsUntil(120);
    contracts.add(contract("1", 3, "never_reported"));
    contracts.add(contract("2", 2, "never_reported").since(104_500));
    undetermined("1", 99, 102);
    undetermined("1", 102, 105);
    undetermined("2", 106, 108);
    for (int start = 108; start < 118; start += 2) {
      undetermined("2", start, start + 2);
    }
    status("2", "undetermined", 116, null);

    // The reports between 105 s and 106 s, and the window to 108 s, which both sizes share.
    assertThat(check().differences()).isNotEmpty();
  }

  @Test
  void edit_findsTheWindow_thatMissesReports() throws Exception {
    anEdit();
    events.set(4, undetermined("2", 108, 112, 110, 112));

    assertFound(0, 0, 1);
  }

  @Test
  void edit_isFollowed_whereTheEnginesBeganWithIt() throws Exception {
    anEdit();
    contracts.set(1, contract("2", 2, "never_reported").since(100_500));
    contracts.set(0, contract("1", 5, "never_reported"));
    events.clear();
    for (int start = 100; start < 118; start += 2) {
      undetermined("2", start, start + 2);
    }
    statuses.clear();
    status("2", "undetermined", 116, null);

    assertFound(0, 0, 0);
  }

  @Test
  void edit_findsTheVersion_thatJudgedBeforeItExisted() throws Exception {
    anEdit();
    events.set(1, undetermined("2", 102, 104, 102, 104)); // sent at 104 s

    assertThat(check().differences())
        .filteredOn(difference -> difference.contains("before it existed"))
        .hasSize(1);
  }

  @Test
  void edit_findsEarlierWindows_thatContinueForLong() throws Exception {
    reportsUntil(220);
    contracts.add(contract("1", 2, "never_reported"));
    contracts.add(contract("2", 4, "never_reported").since(104_500));
    for (int start = 100; start < 218; start += 2) {
      undetermined(start < 104 ? "1" : "2", start, start + 2);
    }
    status("2", "undetermined", 216, null);

    assertThat(assertFound(0, 0, 1)).contains("the earlier windows continue");
  }

  /** Noticed before 112 s, and its removal before 119 s. */
  private void aContractForAWhile() throws Exception {
    reportsUntil(220);
    contracts.add(contract("1", 2, "response_time").since(110_500).until(118_500));
    violated("qoa.violation.opened", 112);
    violated("qoa.violation.continued", 114);
    violated("qoa.violation.continued", 116);
    ended("contract_removed");
    statuses.add(stored("statuses", 0, 0, "shops|latency|me||", null, Map.of()));
  }

  @Test
  void contractForAWhile_judgesWholeWindows_andEnds() throws Exception {
    aContractForAWhile();

    assertFound(0, 0, 0);
  }

  @Test
  void contractForAWhile_findsWhatIsMissingTwiceOrWrong() throws Exception {
    aContractForAWhile();
    List<Stored> good = List.copyOf(events);

    events.remove(3);
    assertFound(1, 0, 0);

    events.add(good.get(3));
    events.add(good.get(3));
    assertFound(0, 1, 0);

    events.removeIf(event -> event.equals(good.get(3)));
    ended("contract_changed");
    assertFound(0, 0, 1);

    events.remove(3);
    events.add(good.get(3));
    events.remove(1);
    assertFound(1, 0, 0);

    events.clear();
    events.addAll(good);
    status("1", "violated", 116, 112);
    assertFound(0, 0, 1);
  }

  @Test
  void contractForAWhile_findsFirstWindow_thatMissesReports() throws Exception {
    aContractForAWhile();
    Stored part = events.get(0);
    events.set(
        0,
        stored(
            "events",
            part.timestamp(),
            0,
            "shops",
            text(part).replace("\"reports\":2", "\"reports\":1"),
            part.headers()));

    assertFound(0, 0, 1);
  }

  @Test
  void newContract_isMissed_whereItNeverJudges() throws Exception {
    reportsUntil(220);
    contracts.add(contract("1", 2, "never_reported").since(110_500));

    assertThat(check().lost()).isPositive();
  }

  @Test
  void removedContract_mayJudgeNothing_thatClosesLongAfterwards() throws Exception {
    aContractForAWhile();
    events.remove(3);
    for (int start = 118; start < 218; start += 2) {
      violated("qoa.violation.continued", start);
    }

    assertThat(check().wrong()).isPositive();
  }

  /** A policy that cannot be evaluated. */
  private void aHostilePolicy() throws Exception {
    reportsUntil(106);
    contracts.add(Terms.read(CONTRACT.formatted("1", 2, "x-outcome: fails", "response_time")));
    failed(100);
    failed(102);
  }

  @Test
  void hostilePolicy_failsInEachWindow() throws Exception {
    aHostilePolicy();
    assertFound(0, 0, 0);

    Stored last = events.remove(1);
    assertFound(1, 0, 0);

    events.add(last);
    events.add(last);
    assertFound(0, 1, 0);

    events.remove(2);
    violated("qoa.violation.opened", 102);
    assertFound(0, 0, 1);
  }

  @Test
  void anyOutcome_letsAnythingBeSaid_butOfOthersNothing() throws Exception {
    aHostilePolicy();
    contracts.add(
        Terms.read(
            CONTRACT.formatted("1", 2, "x-outcome: any", "m").replace("id: shops", "id: any")));
    Stored one = events.get(0);
    events.add(
        stored(
            "events",
            0,
            9,
            "any",
            text(one).replace("\"shops\"", "\"any\""),
            Map.of("ce_id", "x")));
    assertFound(0, 0, 0);

    events.add(
        stored(
            "events", 0, 9, "no", text(one).replace("\"shops\"", "\"no\""), Map.of("ce_id", "y")));
    assertFound(0, 0, 1);
  }

  @Test
  void deadLetter_mustDropWhatLooksLikeTheEngines_andKeepTheRest() throws Exception {
    reports.add(
        stored(
            "reports",
            0,
            0,
            "shop",
            "no report",
            Map.of("qoa.sources", "forged", "qoa.topic", "forged", "trace", "1")));
    letter(Map.of("trace", "1"));
    assertFound(0, 0, 0);

    letter(Map.of("trace", "1", "qoa.sources", "forged"));
    assertFound(0, 0, 1);

    letter(Map.of("trace", "1", "qoa.other", "forged"));
    assertFound(0, 0, 1);

    letter(Map.of());
    assertFound(0, 0, 1);
  }

  private Findings check() {
    return new Checker(contracts, reports).check(events, letters, statuses);
  }

  private String assertFound(long lost, long duplicated, long wrong) {
    Findings findings = check();
    assertThat(List.of(findings.lost(), findings.duplicated(), findings.wrong()))
        .as(findings.differences().toString())
        .containsExactly(lost, duplicated, wrong);
    return findings.isClean() ? "" : findings.differences().get(0);
  }

  private static Terms contract(String version, int window, String metric) throws Exception {
    return Terms.read(CONTRACT.formatted(version, window, "", metric));
  }

  private void reportsUntil(int end) {
    for (int time = 100; time <= end; time++) {
      String text =
          """
          {"metadata":{"client_config":{"application_name":"shop","instance_id":"web-%d"},
          "timestamp":%d},"service":{"web":{"metrics":{"response_time":{"web-1":{"records":[0.2]}}}}}}"""
              .formatted(time % 2, time);
      reports.add(stored("reports", time * 1_000L, time - 100, "shop", text, Map.of()));
    }
  }

  private Stored undetermined(String version, int start, int end) {
    Stored event = undetermined(version, start, end, Math.max(start, 100), end);
    events.add(event);
    return event;
  }

  /** Of the reports from one second up to another. */
  private Stored undetermined(String version, int start, int end, int from, int to) {
    String value =
        "{%s,%s,\"metric\":\"never_reported\",%s,%s}"
            .formatted(
                ABOUT.formatted(version), PROMISE, window(start, end), evidence(from, to, null));
    return event("qoa.constraint.undetermined", version, start, end, value);
  }

  private static final String ABOUT =
      "\"contract\":{\"id\":\"shops\",\"version\":\"%s\"},\"application\":\"shop\"";

  private static final String PROMISE =
      """
      "stakeholder":{"id":"me"},"constraint":"latency","aggregate":"MAX",
      "expected":{"operator":"less_equal","value":0.1}""";

  private static final String VIOLATED = "\"metric\":\"response_time\",\"since\":\"%s\"";

  private void violated(String type, int start) {
    String value =
        "{%s,%s,%s,\"observed\":0.2,%s,%s}"
            .formatted(
                ABOUT.formatted("1"),
                PROMISE,
                VIOLATED.formatted(at(type.endsWith("opened") ? start : 112)),
                window(start, start + 2),
                evidence(start, start + 2, start));
    events.add(event(type, "1", start, start + 2, value));
  }

  private void ended(String reason) {
    String value =
        "{%s,%s,%s,%s,\"reports\":2,\"reason\":\"%s\"}"
            .formatted(
                ABOUT.formatted("1"),
                PROMISE,
                VIOLATED.formatted(at(112)),
                window(116, 118),
                reason);
    events.add(event("qoa.violation.resolved", "1", 117, 118, value));
  }

  private void failed(int start) {
    String value =
        "{%s,%s,%s}"
            .formatted(
                ABOUT.formatted("1"), window(start, start + 2), evidence(start, start + 2, null));
    events.add(event("qoa.evaluation.failed", "1", start, start + 2, value));
  }

  private Stored event(String type, String version, int start, int end, String value) {
    Map<String, String> headers =
        Map.of("ce_type", type, "ce_id", type + version + start + "-" + end);
    return stored("events", end * 1_000L, events.size(), "shops", value, headers);
  }

  private static String window(int start, int end) {
    return "\"window\":{\"start\":\"%s\",\"end\":\"%s\"}".formatted(at(start), at(end));
  }

  private static String evidence(int from, int to, Integer worst) {
    return "\"reports\":%d,\"evidence\":{\"first\":%s,\"last\":%s%s}"
        .formatted(
            to - from,
            place(from),
            place(to - 1),
            worst == null ? "" : ",\"worst\":" + place(worst));
  }

  private static String place(int time) {
    return "{\"topic\":\"reports\",\"partition\":0,\"offset\":%d}".formatted(time - 100);
  }

  private static String at(int seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }

  private void status(String version, String verdict, int start, Integer since) {
    String value =
        """
        {"verdict":"%s","open":%s,%s%s,"constraint":"latency","stakeholder":{"id":"me"},
        "window":{"start":"%s"}}"""
            .formatted(
                verdict,
                since != null,
                since == null ? "" : "\"since\":\"" + at(since) + "\",",
                ABOUT.formatted(version),
                at(start));
    statuses.add(stored("statuses", 0, statuses.size(), "shops|latency|me||", value, Map.of()));
  }

  private void letter(Map<String, String> kept) {
    Map<String, String> headers = new HashMap<>(kept);
    headers.putAll(
        Map.of(
            "qoa.reason", "not_json",
            "qoa.topic", "reports",
            "qoa.partition", "0",
            "qoa.offset", "0"));
    letters.clear();
    letters.add(stored("letters", 0, 0, "shop", "no report", headers));
  }

  private static String text(Stored message) {
    return new String(message.value(), StandardCharsets.UTF_8);
  }

  private static Stored stored(
      String topic, long time, long offset, String key, String value, Map<String, String> headers) {
    return new Stored(
        new Place(topic, 0, offset),
        time,
        key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        headers);
  }
}
