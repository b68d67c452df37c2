package qoa.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.contracts.ContractSet;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Revision;
import qoa.core.policies.PolicySet;

class RevisionFilesTest {

  private static final Revision REVISION =
      Revision.of(new PolicySet(List.of()), new ContractSet(List.of()));

  @TempDir Path folder;
  private Path contract;
  private int readings;

  @BeforeEach
  void writeContract() throws IOException {
    contract = Files.writeString(folder.resolve("one.yaml"), "id: one");
  }

  @Test
  void readsAgain_whereAFileIsRemovedWhileItReads() throws Exception {
    RevisionFiles files =
        files(
            () -> {
              if (readings == 1) {
                delete(contract);
                throw missing();
              }
              return REVISION;
            });
    assertThat(files.read()).isSameAs(REVISION);
    assertThat(readings).isEqualTo(2);
    assertThat(files.haveChanged()).isFalse();
  }

  @Test
  void readsAgain_whereAFileIsAddedThoughAllCouldBeRead() throws Exception {
    RevisionFiles files =
        files(
            () -> {
              if (readings == 1) {
                write(folder.resolve("two.yaml"));
              }
              return REVISION;
            });
    files.read();
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void throwsTheProblems_whereNothingChanged() {
    RevisionFiles files =
        files(
            () -> {
              throw missing();
            });
    assertThatThrownBy(files::read).isInstanceOf(ProblemsException.class);
    assertThat(readings).isEqualTo(1);
  }

  @Test
  void readsAllTheSame_whereFilesNeverStopChanging() throws Exception {
    RevisionFiles files =
        files(
            () -> {
              write(folder.resolve("next-" + readings + ".yaml"));
              return REVISION;
            });
    assertThat(files.read()).isSameAs(REVISION);
    assertThat(files.haveChanged()).isTrue();
  }

  @Test
  void haveChanged_beforeTheFirstReading_andAfterAnEdit() throws Exception {
    RevisionFiles files = files(() -> REVISION);
    assertThat(files.haveChanged()).isTrue();
    files.read();
    assertThat(files.haveChanged()).isFalse();
    Files.writeString(contract, "id: another");
    assertThat(files.haveChanged()).isTrue();
    files.read();
    files.forget();
    assertThat(files.haveChanged()).isTrue();
  }

  private RevisionFiles files(RevisionFiles.Reading reading) {
    return new RevisionFiles(
        folder,
        folder,
        () -> {
          readings++;
          return reading.read();
        });
  }

  private ProblemsException missing() {
    return new ProblemsException(
        List.of(new Problem(contract.toString(), 0, null, "there is no such file")));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "id: x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
