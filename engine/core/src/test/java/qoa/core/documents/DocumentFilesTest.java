package qoa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qoa.testing.HostileFiles;

@Timeout(30)
class DocumentFilesTest {

  @TempDir Path folder;

  @Test
  void lists_whatIsWanted_inOrder_whateverTheCaseOfItsExtension() throws Exception {
    for (String name :
        List.of("b.YAML", "a.Yml", "sub/deep/c.yaml", "d.yaml~", "e.txt", ".f.yaml")) {
      put(name);
    }
    put(".hidden/g.yaml");

    DocumentFiles.Listing listing = list();

    assertThat(listing.files())
        .extracting(DocumentFiles.Found::name)
        .containsExactly("a.Yml", "b.YAML", "sub/deep/c.yaml");
    assertThat(listing.problems()).isEmpty();
  }

  @Test
  void takesOneFile_whateverItsName() throws Exception {
    Path file = put("mine");

    DocumentFiles.Listing listing = DocumentFiles.list(file, name -> false);

    assertThat(listing.files()).extracting(DocumentFiles.Found::path).containsExactly(file);
    assertThat(listing.files()).extracting(DocumentFiles.Found::name).containsExactly("mine");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNREADABLE", "NOT_TEXT"}) // found when they are read
  void names_whatCannotBeRead_besideWhatCan(HostileFiles hostile) throws Exception {
    put("a.yaml");
    hostile.put(folder.resolve("x.yaml"));

    DocumentFiles.Listing listing = list();

    assertThat(listing.files()).extracting(DocumentFiles.Found::name).containsExactly("a.yaml");
    assertProblem(listing, folder.resolve("x.yaml"), hostile.message());
  }

  /** The target of such a link may have been a folder of contracts. */
  @Test
  void names_aLinkWithoutTarget_whateverItsName() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("team"), folder.resolve("unmounted"));

    assertProblem(list(), link, "is a link to " + folder.resolve("unmounted"));
  }

  @Test
  void leavesOut_whatIsNoFileAndNotWanted() throws Exception {
    HostileFiles.PIPE.put(folder.resolve("control"));

    assertThat(list().problems()).isEmpty();
  }

  @Test
  void names_linksInACircle() throws Exception {
    put("sub/a.yaml");
    Path link = Files.createSymbolicLink(folder.resolve("sub/up"), Path.of(".."));

    DocumentFiles.Listing listing = list();

    assertThat(listing.files()).hasSize(1);
    assertProblem(listing, link, "is a link to a folder that contains it");
  }

  /**
   * 40 folders that each link to the next one twice: 2 to the power of 40 paths without a circle.
   */
  @Test
  void ends_whereLinksMultiply() throws Exception {
    for (int i = 0; i < 40; i++) {
      Path level = Files.createDirectory(folder.resolve(".level" + i));
      Path next = folder.resolve(".level" + (i + 1));
      Files.createSymbolicLink(level.resolve("left"), next);
      Files.createSymbolicLink(level.resolve("right"), next);
    }
    Files.createDirectory(folder.resolve(".level40"));
    Files.createSymbolicLink(folder.resolve("start"), folder.resolve(".level0"));

    assertThat(list().problems())
        .anyMatch(problem -> problem.message().startsWith("contains more than 10000 files"));
  }

  @Test
  void names_whatLiesTooDeep() throws Exception {
    put("d/".repeat(DocumentFiles.MAX_DEPTH - 1) + "a.yaml");
    put("d/".repeat(DocumentFiles.MAX_DEPTH) + "b.yaml");

    DocumentFiles.Listing listing = list();

    assertThat(listing.files())
        .extracting(f -> f.path().getFileName().toString())
        .containsExactly("a.yaml");
    assertThat(listing.problems()).hasSize(1);
    assertThat(listing.problems().get(0).message()).startsWith("is more than 32 folders deep");
  }

  @Test
  void names_howMuchItIs_whereItIsTooMuch() throws Exception {
    for (int i = 0; i <= 64; i++) {
      try (RandomAccessFile file = new RandomAccessFile(put(i + ".yaml").toFile(), "rw")) {
        file.setLength(DocumentFiles.MAX_BYTES);
      }
    }
    assertProblem(list(), folder, "contains 65 MiB of files; the limit is 64 MiB");
  }

  @Test
  void names_aFolderThatIsNotThere_andALinkToOne() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    assertProblem(DocumentFiles.list(nowhere, name -> true), nowhere, "no such folder or file");

    Path link = Files.createSymbolicLink(folder.resolve("link"), nowhere);
    assertProblem(DocumentFiles.list(link, name -> true), link, "is a link to " + nowhere);
  }

  @Test
  void names_aFolderThatMayNotBeRead() throws Exception {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(locked), "root may read everything");
      assertProblem(list(), locked, "cannot be read: permission denied");
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private DocumentFiles.Listing list() {
    return DocumentFiles.list(folder, name -> DocumentFiles.hasExtension(name, ".yaml", ".yml"));
  }

  private Path put(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  private static void assertProblem(DocumentFiles.Listing listing, Path file, String message) {
    assertThat(listing.problems()).hasSize(1);
    Problem problem = listing.problems().get(0);
    assertThat(problem.file()).isEqualTo(file.toString());
    assertThat(problem.message()).startsWith(message);
  }
}
