package qoa.core.documents;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lists the files that users edit, such as contracts: one file, or a folder with its subfolders. It
 * skips hidden files and folders, which editors and Kubernetes create.
 *
 * <p>A file that is not in its folder was removed. Every other reason why a file cannot be read is
 * a problem: a link without a target, a missing permission, a folder, pipe, socket or device in
 * place of a file, circular links. The limits are {@value #MAX_BYTES} bytes for a file, {@value
 * #MAX_TOTAL_BYTES} bytes for all files, {@value #MAX_ENTRIES} files and folders, and {@value
 * #MAX_DEPTH} levels of folders.
 */
public final class DocumentFiles {

  /** Largest size of a file, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  static final long MAX_TOTAL_BYTES = 64L * MAX_BYTES;
  static final int MAX_ENTRIES = 10_000;
  static final int MAX_DEPTH = 32;

  /**
   * A file to read.
   *
   * @param path the path, which starts with the root as the user wrote it
   * @param name the path relative to the root, with {@code /}; the file name if the root is a file
   * @param attributes those of the file; for a link, those of its target
   */
  public record Found(Path path, String name, BasicFileAttributes attributes) {}

  /**
   * The result of listing.
   *
   * @param files in order of their paths
   * @param problems one for each file or folder that cannot be read
   */
  public record Listing(List<Found> files, List<Problem> problems) {}

  private final Path root;
  private final Predicate<String> wanted;
  private final List<Found> files = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Object> above = new HashSet<>();
  private int entries;
  private long bytes;

  private DocumentFiles(Path root, Predicate<String> wanted) {
    this.root = root;
    this.wanted = wanted;
  }

  /**
   * Lists the wanted files.
   *
   * @param root a folder, or one file of any name
   * @param wanted selects files by name
   */
  public static Listing list(Path root, Predicate<String> wanted) {
    DocumentFiles walk = new DocumentFiles(root, wanted);
    walk.look();
    walk.files.sort(Comparator.comparing(found -> found.path().toString()));
    return new Listing(List.copyOf(walk.files), List.copyOf(walk.problems));
  }

  /** Whether a name ends in one of the extensions, such as {@code .yaml}, in any case. */
  public static boolean hasExtension(String name, String... extensions) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : extensions) {
      if (lower.endsWith(extension)) {
        return true;
      }
    }
    return false;
  }

  private void look() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        lookInto(root, attributes);
      } else {
        take(root, root.getFileName().toString(), attributes);
      }
    } catch (NoSuchFileException e) {
      problem(
          root,
          Files.isSymbolicLink(root)
              ? withoutTarget(root)
              : "no such folder or file; check the path");
    } catch (IOException e) {
      problem(root, unreadable(e));
    }
    if (bytes > MAX_TOTAL_BYTES) {
      problem(root, "contains " + mib(bytes) + " of files; the limit is " + mib(MAX_TOTAL_BYTES));
    }
  }

  private void lookInto(Path folder, BasicFileAttributes attributes) {
    Object key = attributes.fileKey() == null ? folder : attributes.fileKey();
    if (!above.add(key)) {
      problem(folder, "is a link to a folder that contains it; remove the link");
      return;
    }
    if (above.size() > MAX_DEPTH) {
      problem(folder, "is more than " + MAX_DEPTH + " folders deep; move it up");
    } else {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
        inside.forEach(this::lookAt);
      } catch (DirectoryIteratorException e) {
        problem(folder, unreadable(e.getCause()));
      } catch (IOException e) {
        problem(folder, unreadable(e));
      }
    }
    above.remove(key);
  }

  private void lookAt(Path path) {
    String name = path.getFileName().toString();
    if (name.startsWith(".") || entries > MAX_ENTRIES) {
      return;
    }
    if (++entries > MAX_ENTRIES) {
      problem(
          root,
          "contains more than " + MAX_ENTRIES + " files and folders; move other files elsewhere");
      return;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (wanted.test(name)) {
        take(path, root.relativize(path).toString().replace('\\', '/'), attributes);
      } else if (attributes.isDirectory()) {
        lookInto(path, attributes);
      }
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(path)) { // its target may have been a file or a folder
        problem(path, withoutTarget(path));
      } // otherwise it was removed just now
    } catch (IOException e) {
      problem(path, unreadable(e));
    }
  }

  private void take(Path path, String name, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) { // Docker mounts a folder if the file does not exist
      problem(path, "is a folder; expected a file");
    } else if (!attributes.isRegularFile()) {
      problem(path, "is a pipe, a socket or a device; expected a file");
    } else if (attributes.size() > MAX_BYTES) {
      problem(path, DocumentReader.tooLarge(attributes.size()));
    } else {
      bytes += attributes.size();
      files.add(new Found(path, name, attributes));
    }
  }

  private static String withoutTarget(Path link) {
    String target = "a file";
    try {
      target = Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // The message does not name the target.
    }
    return "is a link to "
        + target
        + ", which does not exist; restore the target, or remove the link if it is not needed";
  }

  private static String unreadable(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "cannot be read: permission denied";
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : null;
    return "cannot be read: " + (reason == null ? e.toString() : reason);
  }

  static String mib(long bytes) {
    return bytes / MAX_BYTES + " MiB";
  }

  private void problem(Path path, String message) {
    problems.add(new Problem(path.toString(), 0, null, message));
  }
}
