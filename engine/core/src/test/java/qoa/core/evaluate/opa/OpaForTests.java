package qoa.core.evaluate.opa;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the real OPA that tests run against: OPA_BIN, the PATH, or what scripts/setup brought. */
final class OpaForTests {

  private OpaForTests() {}

  static Path find() {
    Stream<Path> onPath =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "opa"));
    return Stream.concat(
            Stream.concat(Stream.ofNullable(System.getenv("OPA_BIN")).map(Path::of), onPath),
            Stream.of(Path.of("../../.tools/bin/opa")))
        .filter(Objects::nonNull)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no opa: run scripts/setup"));
  }
}
