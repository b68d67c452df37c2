package qoa.engine.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import qoa.engine.faults.check.Terms;

/** The contracts of a run, one of which changes again and again. Used by one thread. */
final class Contracts {

  private static final List<String> LASTING = List.of("promises", "slow", "requests", "damped");
  private static final String CHANGING = "changing";

  private final Path folder;
  private final List<Terms> all = new ArrayList<>();
  private int version;

  /**
   * Writes them.
   *
   * @param folder of contracts only; is made
   */
  Contracts(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    for (String name : LASTING) {
      put(name, text(name));
    }
    change();
  }

  /** Puts another version of the one that changes in its place, in one step. */
  void change() throws IOException {
    version++;
    String threshold = version % 2 == 0 ? "0.055" : "0.1";
    put(
        CHANGING,
        text(CHANGING).replace("VERSION", String.valueOf(version)).replace("THRESHOLD", threshold));
  }

  private void put(String name, String text) throws IOException {
    Path next = Files.writeString(folder.resolveSibling(name + ".next"), text);
    Files.move(next, folder.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    all.add(Terms.read(text));
  }

  private static String text(String name) throws IOException {
    try (InputStream resource =
        Contracts.class.getResourceAsStream("contracts/" + name + ".yaml")) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Path folder() {
    return folder;
  }

  /** All that were ever there, each contract's versions in order. */
  List<Terms> all() {
    return List.copyOf(all);
  }
}
