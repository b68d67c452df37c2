package qoa.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No builtin works or grows without end, whatever a policy calls it with. */
class BuiltinBudgetIT {
  private static final int MINUTES = 8;

  @TempDir Path folder;

  @Test
  void everyBuiltin_endsByTheBudget_inASmallHeap() throws Exception {
    Path out = folder.resolve("out");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                BuiltinBudgetProgram.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(child.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      child.destroyForcibly();
    }

    List<String> lines = Files.readAllLines(out);
    System.out.println("Budget of builtins: " + lines.get(lines.size() - 1));
    assertThat(lines).as("problems, then the summary").hasSize(1);
    assertThat(lines.get(0)).endsWith(", 0 problems");
    assertThat(child.exitValue()).isZero();
  }
}
