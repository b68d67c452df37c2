package qoa.core.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.documents.ProblemsException;

class OpaBinaryIT {

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  @Test
  void locatesWhatIsNamed_thenThePath_thenTheTools() throws Exception {
    Path tools = program(".tools/bin/opa", "exit 0");
    assertThat(locate()).isEqualTo(tools);

    Path onPath = program("second/opa", "exit 0");
    environment.put("PATH", folder.resolve("first") + ":" + onPath.getParent());
    assertThat(locate()).isEqualTo(onPath);

    Path named = program("named", "exit 0");
    environment.put("OPA_BIN", named.toString());
    assertThat(locate()).isEqualTo(named);
  }

  @Test
  void saysHowToGetIt_whenItIsNowhere() {
    assertThatThrownBy(this::locate)
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            "opa: was not found, but policies that differ from those that ship need it; put OPA on the"
                + " PATH, set OPA_BIN, or run scripts/setup, which builds OPA with Go or downloads it");
  }

  @Test
  void hasItBrought_whenItIsNowhere() throws Exception {
    Path setup =
        program("setup", "cd \"${0%/*}\" && mkdir -p .tools/bin && cp setup .tools/bin/opa");
    properties.put("qoa.setup", setup.toString());
    assertThat(locate()).isEqualTo(folder.resolve(".tools/bin/opa"));
  }

  @Test
  void doesNotTakeAnother_whenTheNamedOneIsNotThere() throws Exception {
    program(".tools/bin/opa", "exit 0");
    environment.put("OPA_BIN", "/no/such");
    assertThatThrownBy(this::locate)
        .hasMessage("opa: OPA_BIN is /no/such, which is not an executable file");
  }

  @Test
  void givesWhatTheProgramSaid() throws Exception {
    Path program = program("opa", "echo \"$1,$2\"; echo oops >&2; exit 3");
    assertThat(new OpaBinary(program).run(folder, Duration.ofSeconds(10), "check", "a b; echo $0"))
        .isEqualTo(new OpaBinary.Result(3, "check,a b; echo $0\n", "oops\n"));
  }

  @Test
  void endsTheProgram_whenItTakesTooLong() throws Exception {
    OpaBinary opa = new OpaBinary(program("opa", "exec sleep 60"));
    assertThatThrownBy(() -> opa.run(folder, Duration.ofMillis(100), "check"))
        .isInstanceOf(ProblemsException.class)
        .hasMessageStartingWith("opa: opa check took longer than 100 ms and was killed; ");
  }

  @Test
  void endsWhatTheProgramStarted_whenItTakesTooLong() throws Exception {
    OpaBinary opa = new OpaBinary(program("opa", "sleep 60 & echo $! >child; wait"));
    assertThatThrownBy(() -> opa.run(folder, Duration.ofSeconds(1), "check"))
        .isInstanceOf(ProblemsException.class);
    assertEnds(child());
  }

  @Test
  void endsTheProgram_whenItWritesWithoutEnd() throws Exception {
    OpaBinary opa = new OpaBinary(program("opa", "exec yes >&2"));
    assertThatThrownBy(() -> opa.run(folder, Duration.ofSeconds(20), "check"))
        .isInstanceOf(ProblemsException.class)
        .hasMessageStartingWith("opa: opa check wrote more than 16 MiB and was killed; ");
  }

  @Test
  void takesAll_whereBothOutputsAreLong() throws Exception {
    String script = "yes | head -c 1000000; yes | head -c 1000000 >&2";
    OpaBinary.Result result =
        new OpaBinary(program("opa", script)).run(folder, Duration.ofSeconds(20), "check");
    assertThat(result.output()).hasSize(1_000_000);
    assertThat(result.errors()).hasSize(1_000_000);
  }

  @Test
  void endsTheProgramAndWhatItStarted_whenTheJvmIsTerminated() throws Exception {
    Path program = program("opa", "sleep 60 & echo $! >child; wait");
    Process engine =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Engine.class.getName(),
                program.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("engine.log").toFile())
            .start();
    try {
      ProcessHandle child = child();
      engine.destroy();
      assertThat(engine.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertEnds(child);
    } finally {
      engine.destroyForcibly();
    }
  }

  /** Runs in a separate JVM, which the test terminates. */
  public static final class Engine {
    public static void main(String[] arguments) throws ProblemsException {
      Path program = Path.of(arguments[0]);
      new OpaBinary(program).run(program.getParent(), Duration.ofMinutes(1), "check");
    }
  }

  /** The process that the program started. Waits until it exists. */
  private ProcessHandle child() throws Exception {
    Path file = folder.resolve("child");
    for (int i = 0; i < 1_000 && (!Files.exists(file) || Files.size(file) == 0); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    long pid = Long.parseLong(Files.readString(file).strip());
    return ProcessHandle.of(pid).orElseGet(ProcessHandle::current);
  }

  private static void assertEnds(ProcessHandle process) throws Exception {
    try {
      if (process.pid() != ProcessHandle.current().pid()) { // otherwise it has ended
        process.onExit().get(5, TimeUnit.SECONDS);
      }
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError(process + " still runs", e);
    }
  }

  private Path locate() throws ProblemsException {
    properties.put("qoa.home", folder.toString());
    return OpaBinary.locate(environment::get, properties::get).path();
  }

  private Path program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
