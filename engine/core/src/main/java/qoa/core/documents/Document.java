package qoa.core.documents;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The content of a YAML or JSON file, with the line of each value for messages. Immutable, except
 * for its {@link JsonNode}.
 */
public final class Document {

  private final String file;
  private final JsonNode root;
  private final DocumentLines lines;

  /**
   * @param file the path as the user wrote it
   * @param root the content; a missing node if the file is empty
   * @param lines the lines of the values; a member of an object has the line of its key
   */
  Document(String file, JsonNode root, DocumentLines lines) {
    this.file = file;
    this.root = root;
    this.lines = lines;
  }

  /** The path as the user wrote it. */
  public String file() {
    return file;
  }

  /** The content; a missing node if the file is empty. */
  public JsonNode root() {
    return root;
  }

  /** The line of a value, counted from 1. If the value is missing, the line of what contains it. */
  public int line(String pointer) {
    return lines.at(pointer);
  }

  /** A problem with the value at a pointer. */
  public Problem problem(String pointer, String message) {
    return new Problem(file, line(pointer), pointer, message);
  }

  /** The pointer of a member or item, with its name escaped (RFC 6901). */
  public static String child(String pointer, String name) {
    return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
  }
}
