package qoa.core.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of the values of a document, as a tree of the same shape. A table of pointers could be
 * much larger than the document, because each pointer repeats the names above it. One thread fills
 * it while it reads the document.
 */
final class DocumentLines {

  private final int line;
  private Map<String, DocumentLines> members;
  private List<DocumentLines> items;

  /**
   * @param line the line of the value, counted from 1
   */
  DocumentLines(int line) {
    this.line = line;
  }

  /** The line of the value. */
  int line() {
    return line;
  }

  /** The member with a name; null if there is none. */
  DocumentLines member(String name) {
    return members == null ? null : members.get(name);
  }

  DocumentLines addMember(String name, int memberLine) {
    if (members == null) {
      members = new HashMap<>();
    }
    return members.computeIfAbsent(name, key -> new DocumentLines(memberLine));
  }

  DocumentLines addItem(int itemLine) {
    if (items == null) {
      items = new ArrayList<>();
    }
    DocumentLines item = new DocumentLines(itemLine);
    items.add(item);
    return item;
  }

  /** The line of the value at a JSON Pointer. If it is missing, the line of what contains it. */
  int at(String pointer) {
    DocumentLines found = this;
    for (String token : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
      DocumentLines next = found.child(token.replace("~1", "/").replace("~0", "~"));
      if (next == null) {
        break;
      }
      found = next;
    }
    return found.line;
  }

  private DocumentLines child(String token) {
    if (items == null) {
      return member(token);
    }
    try {
      int index = Integer.parseInt(token);
      return index >= 0 && index < items.size() ? items.get(index) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
