package qoa.core.documents;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Explains why a file is not well-formed YAML or JSON. */
final class SyntaxProblem {

  /** What to do, by a part of the parser's message. */
  private static final Map<String, String> ADVICE =
      Map.of(
          "\\t(TAB)", "indent with spaces",
          "mapping values are not allowed",
              "check the indentation, or quote text that contains ': '",
          "expected <block end>", "check the indentation",
          "could not find expected ':'", "write key: value, and check the indentation",
          "unexpected end of stream", "close the quote",
          "end-of-input", "close what is open: a quote, a bracket or a brace",
          "expected the node content", "close what is open: a quote, a bracket or a brace",
          "expected ',' or", "close what is open: a quote, a bracket or a brace",
          "undefined alias", "repeat the value: aliases are not supported");

  private SyntaxProblem() {}

  static Problem of(String file, JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      Mark mark = yaml.getProblemMark();
      String message = plain(context(yaml) + yaml.getProblem());
      return problem(file, mark.getLine() + 1, mark.getColumn() + 1, message);
    }
    JsonLocation at = e.getLocation();
    String message = plain(e.getOriginalMessage());
    return at == null
        ? problem(file, 0, 0, message)
        : problem(file, at.getLineNr(), at.getColumnNr(), message);
  }

  /** What the parser was reading, and the line where that starts if it is another line. */
  private static String context(MarkedYAMLException yaml) {
    if (yaml.getContext() == null) {
      return "";
    }
    Mark begun = yaml.getContextMark();
    boolean elsewhere = begun != null && begun.getLine() != yaml.getProblemMark().getLine();
    return yaml.getContext()
        + (elsewhere ? " that starts on line " + (begun.getLine() + 1) : "")
        + ": ";
  }

  private static Problem problem(String file, int line, int column, String message) {
    String advice =
        ADVICE.entrySet().stream()
            .filter(entry -> message.contains(entry.getKey()))
            .map(entry -> "; " + entry.getValue())
            .sorted()
            .findFirst()
            .orElse("");
    return new Problem(file, Math.max(0, line), Math.max(0, column), null, message + advice);
  }

  /** The message of a parser on one line, without internal names and without its advice. */
  private static String plain(String message) {
    return message
        .replaceAll("\\(start marker at \\[[^\\]]*line: (\\d+)[^\\]]*]\\)", "opened on line $1")
        .replaceAll(", from `[^`]*`", "")
        .replaceAll("\\[Source:[^\\]]*]", "")
        .replaceAll("\\. \\(Do not use .*", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
