package qoa.engine.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.engine.model.ProblemsException;

class OpaBinaryTest {

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
            "opa: was not found, and only the policies that ship do without: put OPA on the PATH,"
                + " or name it in OPA_BIN, or run scripts/setup, which builds it with Go or"
                + " downloads it");
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
        .hasMessage("opa: OPA_BIN names /no/such, which is not a program that can be run");
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
        .hasMessageStartingWith("opa: check took longer than");
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
