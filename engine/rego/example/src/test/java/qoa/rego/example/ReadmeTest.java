package qoa.rego.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.rego.BundleArchive;
import qoa.rego.PreparedPlan;

/**
 * Compiles and runs the examples of rego's {@code README.md}, in a project that has only the
 * library on its class path. {@code bundle.tar.gz} is what OPA made of the policy there.
 */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");

  private static final String PROGRAM =
      """
      import com.fasterxml.jackson.databind.json.JsonMapper;
      import java.nio.file.Path;
      import qoa.rego.*;
      import qoa.rego.value.*;

      public class Example {
        public static void main(String[] args) throws Exception {
          %s
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void theExample_printsWhatTheReadmeStates() throws Exception {
    String code = parts("```java\n(.*?)```").get(0);
    String printed = parts("it prints `(.*?)`").get(0);

    assertEquals(printed + "\n", run(code));
  }

  @Test
  void theTrace_printsWhatTheReadmeStates() throws Exception {
    List<String> code = parts("```java\n(.*?)```");
    String answer = parts("it prints `(.*?)`").get(0);
    String traced = parts("```text\n(.*?)```").get(0);

    assertEquals(answer + "\n" + traced, run(code.get(0) + code.get(1)));
  }

  @Test
  void theExamplesPolicy_isTheOneThatWasCompiled() throws Exception {
    JsonNode plan = new JsonMapper().readTree(BundleArchive.read(bundle(), "plan.json"));

    String format = parts("sprintf\\((\".*?\"),").get(0);
    assertTrue(plan.at("/static/strings").toString().contains(format));
    assertEquals(Set.of("shop/violation"), PreparedPlan.of(plan).entrypoints());
  }

  private static Path bundle() throws Exception {
    return Path.of(ReadmeTest.class.getResource("/bundle.tar.gz").toURI()).toAbsolutePath();
  }

  private String run(String code) throws Exception {
    String program = PROGRAM.formatted(code.replace("bundle.tar.gz", bundle().toString()));
    Path source = Files.writeString(folder.resolve("Example.java"), program);
    String path = System.getProperty("java.class.path");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", path, source.toString()));
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Example")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** What the group of a pattern matches in the README, from top to bottom. */
  private static List<String> parts(String pattern) throws Exception {
    List<String> parts =
        Pattern.compile(pattern, Pattern.DOTALL)
            .matcher(Files.readString(README))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertTrue(!parts.isEmpty(), pattern);
    return parts;
  }
}
