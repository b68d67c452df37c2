package qoa.rego;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the example of {@code README.md}; its policy is compiled in {@code readme}. */
class ReadmeTest {

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
  void theExample_printsWhatItSays() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    Path bundle =
        Path.of(ReadmeTest.class.getResource("readme/bundle.tar.gz").toURI()).toAbsolutePath();
    String code = part(readme, "```java\n(.*?)```").replace("bundle.tar.gz", bundle.toString());

    assertThat(run(code)).isEqualTo(part(readme, "it prints `(.*?)`") + System.lineSeparator());
  }

  @Test
  void theExamplesPolicy_isTheOneThatWasCompiled() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    Path bundle = Path.of(ReadmeTest.class.getResource("readme/bundle.tar.gz").toURI());

    JsonNode plan = new JsonMapper().readTree(BundleArchive.read(bundle, "plan.json"));

    String strings = plan.at("/static/strings").toString();
    assertThat(strings).contains(part(readme, "sprintf\\((\".*?\"),"));
    assertThat(PreparedPlan.of(plan).entrypoints()).containsExactly("shop/violation");
  }

  private String run(String code) throws Exception {
    Path source = Files.writeString(folder.resolve("Example.java"), PROGRAM.formatted(code));
    String path = System.getProperty("java.class.path");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", path, source.toString()))
        .isZero();
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
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static String part(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
