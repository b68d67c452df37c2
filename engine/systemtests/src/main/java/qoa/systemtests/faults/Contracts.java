package qoa.systemtests.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import qoa.systemtests.faults.check.Terms;

/**
 * The contracts and policies of a run. Some contracts change repeatedly, others are added and
 * removed. Used by one thread.
 */
final class Contracts {

  private static final List<String> LASTING = List.of("promises", "slow", "requests", "damped");
  private static final String CHANGING = "changing";
  private static final String RESCHEDULED = "rescheduled";
  private static final List<String> WINDOWS = List.of("2s", "5s", "10s", "4s");

  /** Kinds of contracts of which one exists at a time, each with its own name. */
  enum Passing {
    ADDED("passing"),
    HOSTILE("hostile"),
    PONDEROUS("ponderous");

    private final String text;

    Passing(String text) {
      this.text = text;
    }
  }

  private final Path folder;
  private final Path policies;
  private final List<HostilePolicy> hostile;
  private final List<Terms> all = new ArrayList<>();
  private final Map<Passing, String> there = new EnumMap<>(Passing.class);
  private final Map<Passing, Integer> turns = new EnumMap<>(Passing.class);
  private int version;
  private int schedule;

  /**
   * Writes the contracts and the policies.
   *
   * @param folder the folder of both; created
   * @param home the top folder of the repository, whose policies are copied
   * @param isPlanAlone whether policies may need more memory than the machine has
   */
  Contracts(Path folder, Path home, boolean isPlanAlone) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("contracts"));
    this.policies = folder.resolve("policies");
    this.hostile = HostilePolicy.all(home, isPlanAlone);
    copyPolicies(home.resolve("policies"));
    for (HostilePolicy policy : hostile) {
      Files.writeString(policies.resolve(policy.packageName() + ".rego"), policy.text());
    }
    Files.writeString(policies.resolve("ponderous.rego"), resource("policies/ponderous.rego"));
    for (String name : LASTING) {
      put(name, Terms.read(text(name)), text(name));
    }
    change();
    reschedule();
  }

  private void copyPolicies(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, policies.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Replaces the changing contract with another version, in one step. */
  void change() throws IOException {
    version++;
    String threshold = version % 2 == 0 ? "0.055" : "0.1";
    String text = text(CHANGING).replace("THRESHOLD", threshold);
    replace(CHANGING, text.replace("VERSION", String.valueOf(version)), version == 1);
  }

  /** Replaces the contract with changing windows with another version, in one step. */
  void reschedule() throws IOException {
    String window = WINDOWS.get(schedule % WINDOWS.size());
    schedule++;
    String text = text(RESCHEDULED).replace("WINDOW", window);
    replace(RESCHEDULED, text.replace("VERSION", String.valueOf(schedule)), schedule == 1);
  }

  private void replace(String name, String text, boolean isFirst) throws IOException {
    Terms terms = Terms.read(text);
    put(name, isFirst ? terms : terms.since(System.currentTimeMillis()), text);
  }

  /** Adds a new contract of a kind, and removes the contract of this kind before it, if any. */
  void renew(Passing passing) throws IOException {
    String before = there.get(passing);
    int turn = turns.merge(passing, 1, Integer::sum);
    HostilePolicy policy = hostile.get(turn % hostile.size());
    String text =
        text(passing.text)
            .replace("VERSION", String.valueOf(turn))
            .replace("POLICY", policy.packageName())
            .replace("OUTCOME", policy.outcome());
    Terms terms = Terms.read(text).since(System.currentTimeMillis());
    put(terms.id(), terms, text);
    there.put(passing, terms.id());
    if (before != null) {
      remove(before);
    }
  }

  private void remove(String id) throws IOException {
    all.replaceAll(
        terms -> terms.id().equals(id) ? terms.until(System.currentTimeMillis()) : terms);
    Files.delete(folder.resolve(id + ".yaml"));
  }

  private void put(String name, Terms terms, String text) throws IOException {
    Path next = Files.writeString(folder.resolveSibling(name + ".next"), text);
    all.add(terms);
    Files.move(next, folder.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String text(String name) throws IOException {
    return resource("contracts/" + name + ".yaml");
  }

  static String resource(String path) throws IOException {
    try (InputStream resource = Contracts.class.getResourceAsStream(path)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Path folder() {
    return folder;
  }

  Path policies() {
    return policies;
  }

  /** All contracts that have existed, the versions of each in order. */
  List<Terms> all() {
    return List.copyOf(all);
  }
}
