package qoa.core.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.core.documents.ProblemsException;

/**
 * Large, deep and binary files: compilation ends in limited time, and the message names the place.
 */
class HostilePoliciesIT {

  /** Far more than each of them needs on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String GOOD = "package good\n\nviolation contains 1 if input.reports > 1\n";

  @TempDir Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "a line of 1 MB that is no text",
            "package x\n\na := \"" + "a".repeat(1_000_000) + "\n",
            "3:6: non-terminated string"),
        arguments(
            "a line of 1 MB with a mistake in every word",
            "package x\n\na := " + "b ] ".repeat(250_000) + "\n",
            "3:8: unexpected ] token"),
        arguments(
            "10,000 syntax errors",
            "package x\n\n" + "a contains b if c ]\n".repeat(10_000),
            "3:19: unexpected ] token"),
        arguments(
            "10,000 brackets that nobody closes",
            "package x\n\n" + "a := [\n".repeat(10_000),
            "4:3: unexpected assign token"),
        arguments(
            "parentheses 20,000 deep",
            "package x\n\na := " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "\n",
            "3:12506: max parsing recursion depth exceeded"),
        arguments("NULs", "package x\n\na := 1\n\0\0\0\n", "4: illegal null character"),
        arguments(
            "CRLF",
            "package x\r\n\r\nviolation contains y if input.x\r\n",
            "3:20: var y is unsafe"),
        arguments(
            "BOM", "\uFEFFpackage x\n\nviolation contains y if input.x\n", "3:20: var y is unsafe"),
        arguments(
            "2,000 wrong rules",
            rules("a contains z%d if input.x", 2_000),
            "3:12: var z0 is unsafe"),
        arguments(
            "2,000 wrong rules of v0",
            rules("a[msg] { msg := z%d }", 2_000),
            "3:10: var ")); // msg or z0, in the order of OPA's maps
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void namesThePlace_inBoundedTime(String kind, String text, String message) throws Exception {
    write("good.rego", GOOD);
    write("x.rego", text);
    List<String> problems = assertTimeout(PATIENCE, () -> problems());
    assertThat(problems.get(0)).startsWith("x.rego:" + message).hasSizeLessThan(200);
    assertThat(problems).hasSizeLessThanOrEqualTo(101);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void takesNoNotice_whereItIsATestOfPolicies(String kind, String text, String message)
      throws Exception {
    write("good.rego", GOOD);
    write("x_test.rego", text);
    assertThat(PolicyLoader.load(folder).modules()).hasSize(1);
  }

  @Test
  void takesThousandsOfRulesOfV0_andTextThatOtherSystemsWrote() throws Exception {
    write("old.rego", rules("a[msg] { input.x == %d; msg := \"m\" }", 2_000));
    write("crlf.rego", GOOD.replace("good", "crlf").replace("\n", "\r\n"));
    write("bom.rego", "\uFEFF" + GOOD.replace("good", "bom"));
    assertThat(PolicyLoader.load(folder).packages()).containsExactly("bom", "crlf", "x");
  }

  /** A run takes time in proportion to the files, so there must not be one for each mistake. */
  @Test
  void runsOpaAFewTimes_howeverManyMistakesThereAre() throws Exception {
    write("good.rego", GOOD);
    write("x.rego", rules("a[msg] { nope(%d); msg := 1 }", 200));
    Path runs = folder.resolve("runs");
    OpaBinary opa =
        program("echo run >>%s; exec %s \"$@\"".formatted(runs, OpaBinary.locate().path()));
    List<String> problems = problems(opa);
    assertThat(Files.readAllLines(runs)).hasSizeLessThanOrEqualTo(8);
    assertThat(problems)
        .hasSize(101)
        .startsWith("x.rego:3:10: undefined function nope")
        .endsWith(" has more than 100 mistakes; correct the listed ones first");
  }

  /** OPA would need minutes: it needs half a minute for three thousand terms. */
  @Test
  void namesTheFile_whereOpaTakesTooLong() throws Exception {
    write("x.rego", "package x\n\na := 1" + " + 1".repeat(20_000) + "\n");
    ProblemsException refused =
        catchThrowableOfType(
            ProblemsException.class,
            () -> PolicyLoader.load(folder, OpaBinary.locate(), Duration.ofSeconds(2)));
    assertThat(refused)
        .hasMessageMatching(
            "(?s).*/x\\.rego: opa check took longer than \\d+ m?s and was killed; OPA is slow on"
                + " expressions of thousands of terms .*");
  }

  private static String rules(String rule, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> rule.contains("%d") ? rule.formatted(i) : rule)
        .collect(Collectors.joining("\n", "package x\n\n", "\n"));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private OpaBinary program(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("opa"), "#!/bin/sh\n" + script + "\n");
    return new OpaBinary(
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private List<String> problems() throws ProblemsException {
    return problems(OpaBinary.locate());
  }

  /** The problems, without the folder. */
  private List<String> problems(OpaBinary opa) {
    return catchThrowableOfType(ProblemsException.class, () -> PolicyLoader.load(folder, opa))
        .problems()
        .stream()
        .map(problem -> problem.toString().substring(folder.toString().length() + 1))
        .toList();
  }
}
