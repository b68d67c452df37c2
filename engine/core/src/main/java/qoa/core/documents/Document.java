package qoa.core.documents;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A YAML or JSON file that a person wrote, with the line of each value, so that messages can point
 * at it.
 */
public final class Document {

  private final String file;
  private final JsonNode root;
  private final DocumentLines lines;

  /**
   * @param file the file, as the person named it
   * @param root its content; a missing node where the file is empty
   * @param lines where its values stand; an object's member stands where its key does
   */
  Document(String file, JsonNode root, DocumentLines lines) {
    this.file = file;
    this.root = root;
    this.lines = lines;
  }

  /** The file, as the person named it. */
  public String file() {
    return file;
  }

  /** Its content; a missing node where the file is empty. */
  public JsonNode root() {
    return root;
  }

  /** The line of a value, counted from 1, or of the nearest value around it that the file has. */
  public int line(String pointer) {
    return lines.at(pointer);
  }

  /** A problem with the value at a pointer. */
  public Problem problem(String pointer, String message) {
    return new Problem(file, line(pointer), pointer, message);
  }

  /** The pointer of a member or item, its name escaped (RFC 6901). */
  public static String child(String pointer, String name) {
    return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
  }
}
