package qoa.core.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.core.documents.Problem;

class PolicyWarningsIT {

  private static final String MET = "met contains \"a\" if input.x\n";
  private static final String UNDETERMINED = "undetermined contains \"b\" if input.y\n";
  private static final String VIOLATION = "violation contains \"c\" if input.z\n";
  private static final String ALL = MET + UNDETERMINED + VIOLATION; // lines 3 to 5

  @TempDir private Path folder;

  static Stream<Arguments> policies() {
    return Stream.of(
        sound(ALL),
        sound(ALL + "errors := 5\nviolation contains {\"message\": sprintf(\"%d\", [errors])}\n"),
        // rules
        warned(
            MET + UNDETERMINED + "violatoin contains \"c\" if input.z\n",
            "5:1: rule violatoin is ignored; did you mean violation?"),
        warned(
            MET + UNDETERMINED + "violations contains \"c\" if input.z\n",
            "5:1: rule violations is ignored; did you mean violation?"),
        warned(
            MET + "undetermind contains \"b\" if input.y\n" + VIOLATION,
            "4:1: rule undetermind is ignored; did you mean undetermined?"),
        warned(
            ALL + "violatoin contains \"more\" if input.w\n",
            "6:1: rule violatoin is ignored; did you mean violation?"),
        sound(ALL + "violations := 3\nviolation contains \"d\" if violations > input.v\n"),
        sound(ALL + "metric(x) := x\nmet_all(x) := x\n"),
        warned(
            UNDETERMINED
                + "met contains \"a\" if count(violations) == 0\n"
                + "violations contains \"c\" if input.z\n",
            "1: package my.own has no rule violation; no promise can be broken; is violations"
                + " a misspelling?"),
        warned(
            VIOLATION,
            "1: package my.own has no rule met and no rule undetermined; without a violation, it is"
                + " unknown which promises were met"),
        warned(
            VIOLATION + MET,
            "1: package my.own has no rule undetermined; a metric that was not reported causes no verdict"),
        warned(
            VIOLATION + UNDETERMINED, "1: package my.own has no rule met; no promise can be met"),
        warned(
            MET + UNDETERMINED,
            "1: package my.own has no rule violation; no promise can be broken"),
        warned(
            "allow := true\n",
            "1: package my.own has none of the rules violation, undetermined, met"),
        // values that are not sets
        warned(
            MET + UNDETERMINED + "violation if input.z\n",
            "5:1: violation is true or false; expected a set, such as violation contains …"),
        warned(
            MET + UNDETERMINED + "default violation := false\n",
            "5:9: violation is true or false; expected a set, such as violation contains …"),
        warned(
            MET + UNDETERMINED + "violation[x] := 3 if some x in input.z\n",
            "5:1: violation is an object; expected a set, such as violation contains …"),
        warned(
            MET + UNDETERMINED + "violation(x) := {\"a\"} if x\n",
            "5:1: violation is a function; expected a set, such as violation contains …"),
        warned(
            MET + UNDETERMINED + "violation := {\"message\": \"c\"} if input.z\n",
            "5:1: violation is an object; expected a set, such as violation contains …"),
        warned(
            MET + UNDETERMINED + "violation := \"c\" if input.z\n",
            "5:1: violation is a string; expected a set, such as violation contains …"),
        sound(MET + UNDETERMINED + "violation := {x | some x in input.z}\n"),
        sound(MET + UNDETERMINED + "violation := [\"c\"] if input.z\n"),
        // keys of members
        warned(
            ALL + "violation contains {\"sevrity\": \"major\", \"message\": \"d\"} if input.w\n",
            "6:21: key sevrity is ignored; did you mean severity?"),
        warned(
            ALL
                + "promise := {\"constraint\": \"c\", \"stakeholdr\": \"p\"}\n"
                + "violation contains object.union(promise, {\"mesage\": \"d\"}) if input.w\n",
            "6:32: key stakeholdr is ignored; did you mean stakeholder?",
            "7:43: key mesage is ignored; did you mean message?"),
        warned(
            ALL
                + "fact(x) := {\"constraint\": x, \"metrics\": x} if x\n"
                + "else := {\"constraint\": x, \"metrc\": x}\n"
                + "met contains member if {\n\tmember := fact(input.w)\n}\n",
            "6:30: key metrics is ignored; did you mean metric?",
            "7:27: key metrc is ignored; did you mean metric?"),
        warned(
            ALL
                + "violation contains m if {\n\tsome m in [{\"message\": \"d\", \"expectd\": 3}]\n}\n",
            "7:30: key expectd is ignored; did you mean expected?"),
        warned(
            ALL
                + "violation contains object.union_n([{\"message\": \"d\"}, {\"obsrved\": 3}]) if input.w\n",
            "6:55: key obsrved is ignored; did you mean observed?"),
        sound(
            ALL
                + "violation contains {\"message\": \"d\", \"cost\": 3, \"tenant\": 5} if input.w\n"),
        sound(
            ALL
                + "other := {\"sevrity\": 3}\n"
                + "violation contains {\"message\": \"d\", \"observed\": {\"mesage\": other}} if input.w\n"));
  }

  private static Arguments sound(String rules) {
    return warned(rules);
  }

  private static Arguments warned(String rules, String... warnings) {
    return arguments(rules, List.of(warnings));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void warnsOfWhatWouldNotBeRead(String rules, List<String> warnings) throws Exception {
    assertThat(warnings("package my.own\n\n" + rules)).isEqualTo(warnings);
  }

  @Test
  void namesTheAuthorsLines_ofAnOldPolicy() throws Exception {
    assertThat(
            warnings(
                """
                package my.own

                violation[{"mesage": "x", "message": "y"}] {
                  input.z
                }
                violatoin["x"] { input.z }
                """))
        .containsExactly(
            "1: package my.own has no rule met and no rule undetermined; without a violation, it is"
                + " unknown which promises were met",
            "3:12: key mesage is ignored; did you mean message?",
            "6:1: rule violatoin is ignored; did you mean violation?");
  }

  @Test
  void looksAtAllFilesOfAPackage_andAtNoOtherPackage() throws Exception {
    Files.createDirectories(folder.resolve("-x"));
    Files.writeString(folder.resolve("-x/--help.rego"), "package my.own\n\n" + MET);
    Files.writeString(folder.resolve("b.rego"), "package my.own\n\n" + UNDETERMINED + VIOLATION);
    Files.writeString(folder.resolve("c.rego"), "package other\n\nviolatoin contains 3\n");
    assertThat(warnings(Set.of("my.own", "gone"))).isEmpty();
    assertThat(warnings(Set.of("other")))
        .containsExactly(
            "1: package other has no rule met and no rule undetermined; without a violation, it is"
                + " unknown which promises were met",
            "3:1: rule violatoin is ignored; did you mean violation?");
  }

  /** Users of these policies need no OPA, and the policies are known to be correct. */
  @Test
  void isSilentAboutThePoliciesThatShip_andHasNothingToSay() throws Exception {
    Path shipped = Path.of("..", "..", "policies");
    PolicySet policies = PolicyLoader.load(shipped);
    Files.writeString(folder.resolve("added.rego"), "package added\n\n" + ALL);
    for (PolicyModule module : policies.modules()) {
      Path copy = folder.resolve(module.path());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, module.source());
    }
    assertThat(PolicyWarnings.of(shipped, policies, Set.of("qoa.contract"))).isEmpty();
    assertThat(warnings(Set.of("qoa.contract", "bts.fairness", "added"))).isEmpty();
  }

  private List<String> warnings(String policy) throws Exception {
    Files.writeString(folder.resolve("p.rego"), policy);
    return warnings(Set.of("my.own"));
  }

  private List<String> warnings(Set<String> packages) throws Exception {
    return PolicyWarnings.of(folder, PolicyLoader.load(folder), packages).stream()
        .map(Problem::toString)
        .map(text -> text.substring(text.indexOf(".rego:") + ".rego:".length()))
        .toList();
  }
}
