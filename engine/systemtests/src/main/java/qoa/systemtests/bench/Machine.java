package qoa.systemtests.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import qoa.core.documents.ProblemsException;
import qoa.core.policies.OpaBinary;

/**
 * What a measurement was made on, as far as Linux tells.
 *
 * @param load how many processes wanted to run, over the minute before
 */
record Machine(int cores, String processor, String memory, double load) {

  static Machine now() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        field("/proc/meminfo", "MemTotal"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String field(String file, String name) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return "unknown"; // another system than Linux
    }
    return "unknown";
  }

  /** One line. */
  String describe(Path opa) throws ProblemsException {
    List<String> version =
        new OpaBinary(opa)
            .run(Path.of("."), Duration.ofSeconds(10), "version")
            .output()
            .lines()
            .toList();
    return "%d cores of %s, %s of memory; JVM %s %s; OPA %s; load %.1f at the start"
        .formatted(
            cores,
            processor,
            memory,
            System.getProperty("java.vm.name"),
            System.getProperty("java.version"),
            version.get(0).replace("Version: ", ""),
            load);
  }
}
