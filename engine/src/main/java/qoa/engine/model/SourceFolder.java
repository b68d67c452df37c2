package qoa.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists the files of a folder that people edit, such as the contracts. */
public final class SourceFolder {

  private SourceFolder() {}

  /**
   * The wanted files in the folder and those below, in order of their paths. Hidden files and
   * folders are left out: editors and Kubernetes keep things of their own there.
   *
   * @param wanted tells by a file's name; names as editors give their backups do not match anyhow
   *     where it looks at the extension
   * @throws ProblemsException where the folder is not there or cannot be read
   */
  public static List<Path> files(Path folder, Predicate<String> wanted) throws ProblemsException {
    if (!Files.isDirectory(folder)) {
      throw failed(folder, "there is no such folder; name another, or start where it is");
    }
    try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !isHidden(folder.relativize(path)))
          .filter(path -> wanted.test(path.getFileName().toString()))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw failed(folder, "cannot be read; check that you may read all that is in it");
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static ProblemsException failed(Path folder, String message) {
    return new ProblemsException(List.of(new Problem(folder.toString(), 0, null, message)));
  }
}
