package qoa.service.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.Consumer;
import qoa.core.documents.Problem;
import qoa.service.config.Redactor;

/**
 * Prints errors and warnings, one per line, as text or as JSON objects. Redacts values that must
 * not be printed.
 */
final class Diagnostics {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<String> out;
  private final boolean json;

  private Diagnostics(Consumer<String> out, boolean json) {
    this.out = line -> out.accept(Redactor.OF_PROCESS.redact(line));
    this.json = json;
  }

  static Diagnostics to(PrintStream out, boolean json) {
    return new Diagnostics(out::println, json);
  }

  static Diagnostics to(PrintWriter out, boolean json) {
    return new Diagnostics(out::println, json);
  }

  /** Prints a mistake in a file. The command cannot run until it is corrected. */
  void problem(Problem problem) {
    out.accept(json ? json("problem", problem) : problem.toString());
  }

  /** Prints a warning about something in a file that is valid but probably a mistake. */
  void warning(Problem problem) {
    out.accept(json ? json("warning", problem) : "warning: " + problem);
  }

  /** Prints a warning that does not concern a file. */
  void warning(String message) {
    out.accept(json ? json("warning", message) : "qoa: " + message);
  }

  /** Prints why a command could not run. */
  void error(String message) {
    out.accept(json ? json("error", message) : "qoa: " + message);
  }

  private static String json(String type, String message) {
    return JSON.createObjectNode().put("type", type).put("message", message).toString();
  }

  private static String json(String type, Problem problem) {
    ObjectNode line = JSON.createObjectNode().put("type", type).put("file", problem.file());
    if (problem.line() > 0) {
      line.put("line", problem.line());
    }
    if (problem.pointer() != null) {
      line.put("pointer", problem.pointer());
    }
    return line.put("message", problem.message()).toString();
  }
}
