package qoa.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A YAML or JSON file that a person wrote, with the line of each value, so that messages can point
 * at it.
 *
 * @param file the file, as the person named it
 * @param root its content; a missing node where the file is empty
 * @param lines JSON Pointer to line, counted from 1; an object's member stands where its key does
 */
public record SourceDocument(String file, JsonNode root, Map<String, Integer> lines) {

  public SourceDocument {
    lines = Map.copyOf(lines);
  }

  /** The line of a value, or of the nearest value around it that the file has; else 1. */
  public int line(String pointer) {
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return lines.getOrDefault("", 1);
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
