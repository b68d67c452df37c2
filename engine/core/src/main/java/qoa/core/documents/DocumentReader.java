package qoa.core.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one YAML or JSON file token by token, because Jackson's tree does not keep lines. It is
 * stricter than YAML, so that the engine reads what a person sees in the file: no duplicate keys,
 * one document in a file, no aliases, and only numbers that all YAML readers interpret in the same
 * way. Files of more than {@value DocumentFiles#MAX_BYTES} bytes, values nested deeper than {@value
 * #MAX_DEPTH} levels and keys of more than {@value #MAX_KEY} characters are mistakes.
 */
public final class DocumentReader {

  static final int MAX_DEPTH = 64;
  static final int MAX_KEY = 512;

  /** Only the first mistakes in a file are reported. */
  private static final int MAX_PROBLEMS = 100;

  private static final JsonFactory JSON = new JsonFactory();
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String file;
  private final String content;
  private final List<Problem> problems = new ArrayList<>();
  private int codePoints;
  private int index;

  private DocumentReader(String file, String content) {
    this.file = file;
    this.content = content;
  }

  /** Ends the reading after its reason was added to the problems. */
  private static final class GivenUpException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Reads a file, as JSON if its name ends in {@code .json}, otherwise as YAML.
   *
   * @param name the name of the file in messages
   * @throws ProblemsException if it cannot be read or is not one well-formed document
   */
  public static Document read(Path path, String name) throws ProblemsException {
    return parse(text(path, name), name);
  }

  /**
   * Reads the text of a file.
   *
   * @param name the name of the file in messages
   * @throws ProblemsException if it cannot be read, is too large, or is not UTF-8
   */
  public static String text(Path path, String name) throws ProblemsException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(DocumentFiles.MAX_BYTES + 1);
      if (bytes.length > DocumentFiles.MAX_BYTES) {
        throw failed(name, tooLarge(Math.max(bytes.length, Files.size(path))));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw failed(name, "no such file");
    } catch (CharacterCodingException e) {
      throw failed(name, "is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      throw failed(
          name, "cannot be read; check that it is a file and that you have permission to read it");
    }
  }

  static String tooLarge(long bytes) {
    return "has %d bytes; the limit is %d".formatted(bytes, DocumentFiles.MAX_BYTES);
  }

  /** Parses a text like a file that {@link #read} reads. */
  public static Document parse(String text, String name) throws ProblemsException {
    JsonFactory format = DocumentFiles.hasExtension(name, ".json") ? JSON : YAML;
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    DocumentReader reader = new DocumentReader(name, content);
    JsonNode root = MissingNode.getInstance();
    DocumentLines lines = new DocumentLines(1);
    try (JsonParser parser = format.createParser(content)) {
      if (parser.nextToken() != null) {
        lines = new DocumentLines(parser.currentTokenLocation().getLineNr());
        root = reader.value(parser, lines, "", 0);
        if (parser.nextToken() != null) {
          reader.problem(
              parser, null, "more text follows the document; write one document per file");
        }
      }
    } catch (GivenUpException e) {
      // The problems contain the reason.
    } catch (JsonProcessingException e) {
      reader.problems.add(SyntaxProblem.of(name, e));
    } catch (IOException e) {
      throw failed(name, "cannot be read: " + e.getMessage());
    }
    if (!reader.problems.isEmpty()) {
      throw new ProblemsException(reader.problems);
    }
    return new Document(name, root, lines);
  }

  private JsonNode value(JsonParser parser, DocumentLines at, String pointer, int depth)
      throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problem(
          parser,
          pointer,
          "YAML aliases (*" + yaml.getText() + ") are not supported; repeat the value");
      return NODES.nullNode();
    }
    JsonToken token = parser.currentToken();
    if (token.isStructStart() && depth == MAX_DEPTH) {
      problem(parser, pointer, "is nested deeper than " + MAX_DEPTH + " levels");
      throw new GivenUpException();
    }
    return switch (token) {
      case START_OBJECT -> object(parser, at, pointer, depth + 1);
      case START_ARRAY -> array(parser, at, pointer, depth + 1);
      case VALUE_STRING -> text(parser, pointer);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, pointer);
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> NODES.nullNode();
      default -> {
        problem(parser, pointer, "expected a map, a list, a string, a number, true, false or null");
        yield NODES.nullNode();
      }
    };
  }

  private ObjectNode object(JsonParser parser, DocumentLines at, String pointer, int depth)
      throws IOException {
    ObjectNode object = NODES.objectNode();
    CutNumber cut = new CutNumber();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (key.length() > MAX_KEY) {
        String message =
            "a key has %d characters; the limit is %d".formatted(key.length(), MAX_KEY);
        problem(parser, pointer, message);
        throw new GivenUpException();
      }
      String child = Document.child(pointer, key);
      int line = parser.currentTokenLocation().getLineNr();
      boolean followsComma = cut.mayContinueWith(key) && followsComma(parser);
      JsonToken token = parser.nextToken();
      if (followsComma && token == JsonToken.VALUE_NULL && parser.getText().isEmpty()) {
        cut.continueWith(key);
        continue;
      }
      addIfAny(cut.problem());
      DocumentLines member = at.member(key);
      if (member == null) {
        member = at.addMember(key, line);
      } else {
        add(new Problem(file, line, child, duplicate(member.line())));
        member = new DocumentLines(line);
      }
      cut.begin(file, line, child, token.isNumeric() ? parser.getText() : null);
      object.set(key, value(parser, member, child, depth));
    }
    addIfAny(cut.problem());
    return object;
  }

  /** Whether the token follows a comma. In YAML, this is only so within braces or brackets. */
  private boolean followsComma(JsonParser parser) {
    if (!(parser instanceof YAMLParser)) {
      return false;
    }
    int before = index(parser) - 1;
    while (before >= 0 && content.charAt(before) == ' ') {
      before--;
    }
    return before >= 0 && content.charAt(before) == ',';
  }

  /** The index of the token. YAML counts code points. Tokens must be asked for in order. */
  private int index(JsonParser parser) {
    int at = (int) parser.currentTokenLocation().getCharOffset();
    index = content.offsetByCodePoints(index, at - codePoints);
    codePoints = at;
    return index;
  }

  private static String duplicate(int first) {
    return "duplicate key, first on line " + first + "; keep one";
  }

  private ArrayNode array(JsonParser parser, DocumentLines at, String pointer, int depth)
      throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      DocumentLines item = at.addItem(parser.currentTokenLocation().getLineNr());
      array.add(value(parser, item, pointer + '/' + array.size(), depth));
    }
    return array;
  }

  private JsonNode text(JsonParser parser, String pointer) throws IOException {
    String text = parser.getText();
    if (parser instanceof YAMLParser) {
      Optional<String> spelling = NumberSpelling.problem(text);
      if (spelling.isPresent()
          && content.startsWith(text, index(parser))) { // without quotes or a tag
        problem(parser, pointer, spelling.get());
      }
    }
    return NODES.textNode(text);
  }

  private JsonNode number(JsonParser parser, String pointer) throws IOException {
    if (parser instanceof YAMLParser) {
      Optional<String> spelling = NumberSpelling.problem(parser.getText());
      if (spelling.isPresent()) {
        problem(parser, pointer, spelling.get());
        return NODES.numberNode(0);
      }
    }
    JsonNode number;
    try {
      number =
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
            default -> NODES.numberNode(parser.getDoubleValue());
          };
    } catch (JsonParseException e) { // .nan and .inf are numbers in YAML
      number = NODES.numberNode(Double.NaN);
    }
    if (number.isDouble() && !Double.isFinite(number.doubleValue())) {
      String text = parser.getText();
      problem(parser, pointer, text + " cannot be compared with; expected a number such as 0.5");
    }
    return number;
  }

  private void problem(JsonParser parser, String pointer, String message) throws GivenUpException {
    int line = parser.currentTokenLocation().getLineNr();
    add(new Problem(file, line, pointer, message));
  }

  private void addIfAny(Optional<Problem> problem) throws GivenUpException {
    if (problem.isPresent()) {
      add(problem.get());
    }
  }

  private void add(Problem problem) throws GivenUpException {
    problems.add(problem);
    if (problems.size() >= MAX_PROBLEMS) {
      throw new GivenUpException();
    }
  }

  private static ProblemsException failed(String file, String message) {
    return new ProblemsException(List.of(new Problem(file, 0, null, message)));
  }
}
