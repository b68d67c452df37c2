package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qoa.core.documents.Document;
import qoa.core.documents.Problem;

/** The mistakes of one contract: for each value the first that was found, which is the plainest. */
final class ProblemList {

  private static final int SHOWN = 60;

  private final Document source;
  private final Map<String, Problem> byPointer = new LinkedHashMap<>();

  ProblemList(Document source) {
    this.source = source;
  }

  void add(String pointer, String message) {
    byPointer.putIfAbsent(pointer, source.problem(pointer, message));
  }

  /** The value at a pointer. */
  JsonNode at(String pointer) {
    return source.root().at(pointer);
  }

  /** Says what the value is, or that it is missing, and what was expected. */
  void expected(String pointer, String expected) {
    JsonNode value = at(pointer);
    String is = value.isMissingNode() ? "is missing" : "is " + shown(value.toString());
    add(pointer, is + "; expected " + expected);
  }

  Collection<Problem> problems() {
    return List.copyOf(byPointer.values());
  }

  private static String shown(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }
}
