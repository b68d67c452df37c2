package qoa.systemtests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A policy that does harm, or cannot be evaluated.
 *
 * @param outcome the expected result of its evaluations: {@code fails} or {@code any}
 */
record HostilePolicy(String packageName, String text, String outcome) {

  private static final Pattern PACKAGE = Pattern.compile("^package (\\S+)", Pattern.MULTILINE);

  /**
   * All hostile policies.
   *
   * @param isPlanAlone whether they may need more time and memory than an OPA server should use
   */
  static List<HostilePolicy> all(Path home, boolean isPlanAlone) throws IOException {
    List<HostilePolicy> all = new ArrayList<>();
    all.add(of(Contracts.resource("policies/conflict.rego"), "fails"));
    if (isPlanAlone) {
      all.add(of(Contracts.resource("policies/endless.rego"), "fails"));
      all.add(of(Contracts.resource("policies/doubling.rego"), "fails"));
      for (Path file : recorded(home.resolve("testdata/hostile/policies"))) {
        all.add(of(Files.readString(file), "any"));
      }
    }
    return all;
  }

  private static List<Path> recorded(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".rego")).sorted().toList();
    }
  }

  private static HostilePolicy of(String text, String outcome) {
    Matcher matcher = PACKAGE.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no package in " + text);
    }
    return new HostilePolicy(matcher.group(1), text, outcome);
  }
}
