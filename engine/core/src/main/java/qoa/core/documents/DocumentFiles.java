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
 * Lists the files that people edit, such as the contracts: one file, or a folder with all that lies
 * below it. Hidden files and folders are left out: editors and Kubernetes keep things of their own
 * there.
 *
 * <p>A file that is missing was removed; everything else that keeps a file from being read is a
 * problem, and never reads as removed: a link without a target, a file or folder without the right
 * to read it, what is no file (a folder, a pipe, a socket, a device), links in a circle. Bounds
 * keep the work in proportion: {@value #MAX_BYTES} bytes a file, {@value #MAX_TOTAL_BYTES} bytes in
 * all, {@value #MAX_ENTRIES} files and folders, {@value #MAX_DEPTH} folders deep.
 */
public final class DocumentFiles {

  /** The size of the largest file that is read. */
  public static final int MAX_BYTES = 1024 * 1024;

  static final long MAX_TOTAL_BYTES = 64L * MAX_BYTES;
  static final int MAX_ENTRIES = 10_000;
  static final int MAX_DEPTH = 32;

  /**
   * A file to be read.
   *
   * @param path as the person named it, or its folder
   * @param name its path below the folder, with {@code /}; of a single file its own name
   * @param attributes of the file itself, where this is a link to it
   */
  public record Found(Path path, String name, BasicFileAttributes attributes) {}

  /**
   * What was found.
   *
   * @param files in order of their paths
   * @param problems with each file or folder that cannot be read
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
   * @param root a folder, or one file, which is taken whatever its name is
   * @param wanted tells by a file's name
   */
  public static Listing list(Path root, Predicate<String> wanted) {
    DocumentFiles source = new DocumentFiles(root, wanted);
    source.look();
    source.files.sort(Comparator.comparing(found -> found.path().toString()));
    return new Listing(List.copyOf(source.files), List.copyOf(source.problems));
  }

  /** Whether a name ends in one of these, such as {@code .yaml}; {@code .YAML} is the same. */
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
              : "there is no such folder or file; name another, or start where it is");
    } catch (IOException e) {
      problem(root, unreadable(e));
    }
    if (bytes > MAX_TOTAL_BYTES) {
      problem(
          root, "holds files of " + mib(bytes) + " in all; " + mib(MAX_TOTAL_BYTES) + " at most");
    }
  }

  private void lookInto(Path folder, BasicFileAttributes attributes) {
    Object key = attributes.fileKey() == null ? folder : attributes.fileKey();
    if (!above.add(key)) {
      problem(folder, "is a link to a folder that it lies in; remove it");
      return;
    }
    if (above.size() > MAX_DEPTH) {
      problem(folder, "lies deeper than " + MAX_DEPTH + " folders; put it higher");
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
      problem(root, "holds more than " + MAX_ENTRIES + " files and folders; take others out");
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
      if (Files.isSymbolicLink(path)) { // of a file or a folder: nobody can tell
        problem(path, withoutTarget(path));
      } // else it was removed just now
    } catch (IOException e) {
      problem(path, unreadable(e));
    }
  }

  private void take(Path path, String name, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) { // what Docker mounts where the file is not there
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
      // Without its name, then.
    }
    return "is a link to "
        + target
        + ", which is not there; restore that, or remove the link if the file was to be removed";
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
