package qoa.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.documents.ProblemsException;

/** All mistakes are reported at once: in contracts, in policies, and between them. */
class RevisionsTest {

  private static final String CONTRACT =
      """
      id: %1$s
      version: 1
      application: "*"
      policy: my.%1$s
      evaluate: {each: report}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeWhatIsSound() throws IOException {
    write("contracts/shop.yaml", CONTRACT.formatted("shop"));
    write("policies/shop.rego", "package my.shop\n");
  }

  @Test
  void namesAMissingPolicy_besideWhatElseIsWrong() throws Exception {
    write("contracts/a.yaml", CONTRACT.formatted("a").replace("version: 1\n", "version: 1.0\n"));
    write("contracts/b.yaml", CONTRACT.formatted("b"));
    write("contracts/c.yaml", "id: [\n");
    write("contracts/d.yaml", CONTRACT.formatted("d").replace("my.d", "5"));
    write("policies/broken.rego", "# a comment\n\npackage my.b # and another\n\nok if if\n");

    assertThat(problems())
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("contracts/a.yaml:2: /version: is 1.0"),
            problem -> assertThat(problem).startsWith("contracts/c.yaml:2:1: "),
            problem -> assertThat(problem).startsWith("contracts/d.yaml:4: /policy: is 5"),
            problem -> assertThat(problem).startsWith("policies/broken.rego:6:"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "contracts/a.yaml:4: /policy: no policy has the package my.a; expected one of"
                            + " my.b, my.shop; did you mean my.b?"));
  }

  @Test
  void callsNoPolicyMissing_whenAFileDoesNotTellItsPackage() throws Exception {
    write("contracts/b.yaml", CONTRACT.formatted("b"));
    for (String unclear : List.of("pakage my.b\n", "package my[\"b\"]\n\nok if if\n", "")) {
      write("policies/unclear.rego", unclear);
      assertThat(problems())
          .as(unclear)
          .singleElement()
          .asString()
          .startsWith("policies/unclear.rego:");
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** The problems, without the folder. */
  private List<String> problems() {
    return catchThrowableOfType(
            ProblemsException.class,
            () -> Revisions.load(folder.resolve("contracts"), folder.resolve("policies")))
        .problems()
        .stream()
        .map(problem -> problem.toString().substring(folder.toString().length() + 1))
        .toList();
  }
}
