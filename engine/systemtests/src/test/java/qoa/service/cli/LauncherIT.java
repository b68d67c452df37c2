package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.testing.ChildJvm;

/**
 * The arguments that {@code scripts/qoa} passes to the JVM, which a program that prints them
 * replaces.
 */
class LauncherIT {

  private static final String EXITS = "-XX:+ExitOnOutOfMemoryError";

  @TempDir private Path folder;

  @Test
  void aService_endsAtOutOfMemory() throws Exception {
    assertThat(java("", "run")).contains(EXITS);
    assertThat(java("", "demo")).contains(EXITS);
  }

  /** Exit code 3 of the JVM would mean that something is violated. */
  @Test
  void aDryRun_doesNotTellOutOfMemoryAsViolated() throws Exception {
    assertThat(java("", "dry-run", "--reports", "x")).doesNotContain(EXITS);
  }

  @Test
  void optionsOfTheUser_goOverOurs() throws Exception {
    String theirs = "-XX:-ExitOnOutOfMemoryError";

    List<String> options = java(theirs + " -Xmx99m", "run");

    assertThat(options.lastIndexOf(theirs)).isGreaterThan(options.lastIndexOf(EXITS));
    assertThat(options).contains("-Xmx99m").endsWith("qoa.service.cli.Main", "run");
  }

  private List<String> java(String opts, String... arguments) throws Exception {
    program("java", "printf '%s\\n' \"$@\"");
    program("mvn", "exit 0");
    List<String> command =
        new ArrayList<>(List.of(ChildJvm.HOME.resolve("scripts/qoa").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    builder.environment().merge("PATH", folder.toString(), (path, ours) -> ours + ":" + path);
    builder.environment().put("QOA_OPTS", opts);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.lines().toList();
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
