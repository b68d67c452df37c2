package qoa.core.contracts;

import static qoa.core.documents.Document.child;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.core.documents.Document;
import qoa.core.documents.Problem;

/** The mistakes in one contract: at most one for each value, the first that was found. */
final class ProblemList {

  private static final int SHOWN = 60;

  private final Document document;
  private final Map<String, Problem> byPointer = new LinkedHashMap<>();
  private final Set<String> misspelt = new HashSet<>();

  ProblemList(Document document) {
    this.document = document;
  }

  void add(String pointer, String message) {
    byPointer.putIfAbsent(pointer, document.problem(pointer, message));
  }

  /**
   * Adds an unknown key that is probably a known one, misspelt. The list then does not report the
   * known key as missing, because that would be the same mistake a second time.
   *
   * @param object the pointer of the object that has the key
   * @param known a key that the object does not have
   */
  void addMisspelt(String object, String key, String known) {
    String pointer = child(object, key);
    byPointer.put(pointer, document.problem(pointer, "unknown key; did you mean " + known + "?"));
    misspelt.add(child(object, known));
  }

  /** Whether {@link #addMisspelt} was called with this as the known key. */
  boolean isMisspelt(String pointer) {
    return misspelt.contains(pointer);
  }

  /** Whether there is a mistake at a pointer. */
  boolean has(String pointer) {
    return byPointer.containsKey(pointer);
  }

  /** The value at a pointer. */
  JsonNode at(String pointer) {
    return document.root().at(pointer);
  }

  /** Adds a mistake that states the value, or that it is missing, and what was expected. */
  void expected(String pointer, String expected) {
    JsonNode value = at(pointer);
    String is = value.isMissingNode() ? "is missing" : "is " + shown(value.toString());
    add(pointer, is + "; expected " + expected);
  }

  Collection<Problem> problems() {
    Map<String, Problem> reported = new LinkedHashMap<>(byPointer);
    reported.keySet().removeAll(misspelt);
    return List.copyOf(reported.values());
  }

  private static String shown(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }
}
