package qoa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.testing.HostileFiles;

class DocumentReaderTest {

  @Test
  void knowsTheLineOfEachValue_inYaml() throws ProblemsException {
    Document source =
        DocumentReader.parse("# x\na:\n  - 1\n  - {b/c: 2,\n     d: [3]}\ne: >\n  f\n", "x.yaml");
    assertLines(
        source,
        Map.of(
            "",
            2,
            "/a",
            2,
            "/a/0",
            3,
            "/a/1",
            4,
            "/a/1/b~1c",
            4,
            "/a/1/d",
            5,
            "/a/1/d/0",
            5,
            "/e",
            6));
    assertThat(source.root()).hasToString("{\"a\":[1,{\"b/c\":2,\"d\":[3]}],\"e\":\"f\\n\"}");
  }

  @Test
  void knowsTheLineOfEachValue_inJson() throws ProblemsException {
    Document source =
        DocumentReader.parse("\uFEFF\n{\"a\":\n [1.5,\n true], \"b\": null}", "x.json");
    assertLines(source, Map.of("", 2, "/a", 2, "/a/0", 3, "/a/1", 4, "/b", 4));
    assertThat(source.root()).hasToString("{\"a\":[1.5,true],\"b\":null}");
  }

  private static void assertLines(Document source, Map<String, Integer> lines) {
    lines.forEach((pointer, line) -> assertThat(source.line(pointer)).as(pointer).isEqualTo(line));
  }

  @Test
  void pointsAtWhatIsAround_whenTheValueIsMissing() throws ProblemsException {
    Document source = DocumentReader.parse("a: 1\nb:\n  c: 1\n", "x.yaml");
    assertThat(source.line("/b/d/e")).isEqualTo(2);
    assertThat(source.line("/z")).isEqualTo(1);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("x.yaml", "a: 1\na: 2", "x.yaml:2: /a: duplicate key, first on line 1; keep one"),
        arguments(
            "x.json",
            "{\"a\": 1,\n\"a\": 2}",
            "x.json:2: /a: duplicate key, first on line 1; keep one"),
        arguments(
            "x.yaml",
            "a: 1\n---\nb: 2",
            "x.yaml:3: more text follows the document; write one document per file"),
        arguments(
            "x.json",
            "{}\n{}",
            "x.json:2: more text follows the document; write one document per file"),
        arguments(
            "x.yaml",
            "a: &x 1\nb: *x",
            "x.yaml:2: /b: YAML aliases (*x) are not supported; repeat the value"),
        arguments(
            "x.yaml",
            "a: [-.inf, 1]",
            "x.yaml:1: /a/0: -.inf cannot be compared with; expected a number such as" + " 0.5"),
        arguments(
            "x.yaml",
            "a:\n  b: .nan\n  c: 1",
            "x.yaml:2: /a/b: .nan cannot be compared with; expected a number such as" + " 0.5"),
        arguments(
            "x.json",
            "{\"a\": 1e400}",
            "x.json:1: /a: 1e400 cannot be compared with; expected a number such as" + " 0.5"),
        arguments(
            "x.yaml",
            "a:\n\tb: 1",
            "x.yaml:2:1: while scanning for the next token: found character '\\t(TAB)' that cannot start any token; indent with spaces"),
        arguments(
            "x.yaml",
            "a: b: c",
            "x.yaml:1:5: mapping values are not allowed here; check the indentation, or quote text that contains ': '"),
        arguments(
            "x.yaml",
            "a: 1\n  b: 2",
            "x.yaml:2:4: mapping values are not allowed here; check the indentation, or quote text that contains ': '"),
        arguments(
            "x.yaml",
            "a: {",
            "x.yaml:1:5: while parsing a flow node: expected the node content, but found '<stream end>'; close what is open: a quote, a bracket or a brace"),
        arguments(
            "x.yaml",
            "a: [{b: 1}\nc: 2",
            "x.yaml:2:1: while parsing a flow sequence that starts on line 1: expected ',' or ']', but got <scalar>; close what is open: a quote, a bracket or a brace"),
        arguments(
            "x.json",
            "{\"a\": }",
            "x.json:1:7: Unexpected character ('}' (code 125)): expected a value"),
        arguments(
            "x.json",
            "{\n\"a\": 1",
            "x.json:2:7: Unexpected end-of-input: expected close marker for Object opened on line 1; close what is open: a quote, a bracket or a brace"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("mistakes")
  void saysWhereAndWhatToDo(String name, String content, String message) {
    ProblemsException e =
        catchThrowableOfType(ProblemsException.class, () -> DocumentReader.parse(content, name));
    assertThat(e).hasMessage(message);
  }

  @Test
  void saysSo_whenTheFileIsNotText(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("x.yaml"), new byte[] {'a', ':', (byte) 0xff});
    ProblemsException e =
        catchThrowableOfType(ProblemsException.class, () -> DocumentReader.read(file, "x.yaml"));
    assertThat(e).hasMessage("x.yaml: is not UTF-8 text; save it as UTF-8");
  }

  @ParameterizedTest
  @EnumSource(names = {"HUNDRED_MEGABYTES", "UNREADABLE", "NOT_TEXT", "ENDLESS_DEVICE"})
  void saysSo_whenAFileCannotBeRead(HostileFiles hostile, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("x.yaml");
    hostile.put(file);

    ProblemsException e =
        catchThrowableOfType(ProblemsException.class, () -> DocumentReader.read(file, "x.yaml"));

    assertThat(e)
        .hasMessageStartingWith(
            hostile == HostileFiles.ENDLESS_DEVICE // its type was not checked
                ? "x.yaml: has 1048577 bytes; the limit is 1048576"
                : "x.yaml: " + hostile.message());
  }

  /** As text, the pointer of each value would have 30 KB: 10 GB in all. */
  @Test
  void takesMemory_inProportionToTheFile() throws Exception {
    String key = "k".repeat(DocumentReader.MAX_KEY);
    int depth = DocumentReader.MAX_DEPTH - 1;
    String text =
        ("{\"" + key + "\":").repeat(depth) + "[" + "1,".repeat(300_000) + "2]" + "}".repeat(depth);

    Document source = DocumentReader.parse(text, "x.json");

    assertThat(source.line(("/" + key).repeat(depth) + "/299999")).isEqualTo(1);
  }

  static Stream<Arguments> bounds() {
    String deep =
        "[".repeat(DocumentReader.MAX_DEPTH + 1) + "]".repeat(DocumentReader.MAX_DEPTH + 1);
    String long513 = "k".repeat(DocumentReader.MAX_KEY + 1);
    return Stream.of(
        arguments(deep, "is nested deeper than 64 levels"),
        arguments(
            "{\"a\": {\"" + long513 + "\": 1}}", "a key has 513 characters; the limit is 512"),
        arguments(
            "{\"" + "k".repeat(900_000) + "\": 1}",
            "(a key has 900000 characters; the limit is 512|Name length .* exceeds the maximum.*)"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bounds")
  void saysWhichBoundIsExceeded_inYamlAndJson(String text, String message) {
    for (String name : List.of("x.json", "x.yaml")) {
      ProblemsException e =
          catchThrowableOfType(ProblemsException.class, () -> DocumentReader.parse(text, name));
      assertThat(e.problems()).hasSize(1);
      assertThat(e.problems().get(0).message()).matches(message);
    }
  }

  @Test
  void namesTheFirstHundredMistakes_ofAFileFullOfThem() {
    ProblemsException e =
        catchThrowableOfType(
            ProblemsException.class,
            () -> DocumentReader.parse("[" + ".inf, ".repeat(100_000) + "1]", "x.yaml"));
    assertThat(e.problems()).hasSize(100);
  }
}
