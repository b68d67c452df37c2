package qoa.core.engine;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import qoa.core.documents.DocumentFiles;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Revision;

/**
 * The files of contracts and policies, which people edit while they are read. A revision is read
 * from files that did not change meanwhile: otherwise a file that was replaced or removed in
 * between would read as a mistake, or one edit would be read half before and half after it.
 *
 * <p>Files are compared by name, size and time. That is cheap for hundreds of files, and sees
 * writes by rename, new folders and links that are turned. Used by one thread.
 */
public final class RevisionFiles {

  private static final Duration QUIET = Duration.ofMillis(200);

  /** Files that never stop changing are read all the same, after so many times {@link #QUIET}. */
  private static final int PATIENCE = 5;

  /** Reads all files once. */
  @FunctionalInterface
  interface Reading {
    Revision read() throws ProblemsException;
  }

  private final List<Path> folders;
  private final Reading reading;

  /** How the files looked when they were last read; null before. */
  private String seen;

  /**
   * @param contracts a folder, or one file
   * @param policies a folder, or one file
   */
  public RevisionFiles(Path contracts, Path policies) {
    this(contracts, policies, () -> Revisions.load(contracts, policies));
  }

  RevisionFiles(Path contracts, Path policies, Reading reading) {
    this.folders = List.of(contracts, policies);
    this.reading = reading;
  }

  /** Whether anything has changed since the last {@link #read}; true before the first one. */
  public boolean haveChanged() {
    return !look().equals(seen);
  }

  /** Makes {@link #haveChanged} true until the next {@link #read}. */
  public void forget() {
    seen = null;
  }

  /** Waits until the files have not changed for a moment, at most about a second. */
  public void awaitQuiet() throws InterruptedException {
    String before = null;
    String now = look();
    for (int i = 0; i < PATIENCE && !now.equals(before); i++) {
      TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
      before = now;
      now = look();
    }
  }

  /**
   * Reads the files, again where they changed while they were read.
   *
   * @throws ProblemsException with every mistake in contracts and policies
   */
  public Revision read() throws ProblemsException, InterruptedException {
    for (int i = 1; ; i++) {
      seen = look(); // first: a change from now on is a change since this reading
      Revision revision = null;
      ProblemsException problems = null;
      try {
        revision = reading.read();
      } catch (ProblemsException e) {
        problems = e;
      }
      if (i < PATIENCE && haveChanged()) {
        TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
      } else if (problems != null) {
        throw problems;
      } else {
        return revision;
      }
    }
  }

  private String look() {
    StringBuilder look = new StringBuilder();
    for (Path folder : folders) {
      DocumentFiles.Listing listing = DocumentFiles.list(folder, RevisionFiles::isRead);
      for (DocumentFiles.Found file : listing.files()) {
        BasicFileAttributes attributes = file.attributes();
        look.append(file.path())
            .append(' ')
            .append(attributes.fileKey())
            .append(' ')
            .append(attributes.size())
            .append(' ')
            .append(attributes.lastModifiedTime())
            .append('\n');
      }
      look.append(listing.problems()).append('\n');
    }
    return look.toString();
  }

  /** Not what editors put beside it. */
  private static boolean isRead(String name) {
    return DocumentFiles.hasExtension(name, ".rego", ".yaml", ".yml", ".json");
  }
}
