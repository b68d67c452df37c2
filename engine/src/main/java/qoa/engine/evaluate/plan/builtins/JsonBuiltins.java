package qoa.engine.evaluate.plan.builtins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import qoa.engine.evaluate.plan.value.JsonReader;
import qoa.engine.evaluate.plan.value.JsonText;
import qoa.engine.evaluate.plan.value.JsonValues;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** JSON and YAML texts. */
final class JsonBuiltins {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private JsonBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("json.marshal", (c, x) -> marshal(c, x))
        .add2("json.marshal_with_options", (c, x, o) -> marshal(x, Operands.object(o, 2)))
        .add1("json.unmarshal", JsonBuiltins::unmarshal)
        .add1("json.is_valid", (c, s) -> RegoBoolean.of(isJson(s)))
        .add1("yaml.marshal", (c, x) -> marshalYaml(x))
        .add1("yaml.unmarshal", (c, s) -> unmarshalYaml(Operands.string(s, 1)))
        .add1("yaml.is_valid", (c, s) -> RegoBoolean.of(isYaml(s)));
  }

  private static RegoValue marshal(BuiltinContext context, RegoValue value) {
    String text = JsonText.of(value);
    context.charge(text.length() / 4);
    return RegoString.of(text);
  }

  private static RegoValue marshal(RegoValue value, RegoObject options) {
    String prefix = "";
    String indent = "\t";
    Boolean pretty = null;
    boolean implied = false;
    for (RegoObject.Entry option : options) {
      String name = Operands.string(option.key(), 2);
      switch (name) {
        case "prefix" -> prefix = Operands.string(option.value(), 2);
        case "indent" -> indent = Operands.string(option.value(), 2);
        case "pretty" -> pretty = Operands.bool(option.value(), 2);
        default -> throw new OperandException(2, "object contained unknown key " + name);
      }
      implied |= !name.equals("pretty");
    }
    boolean indented = pretty == null ? implied : pretty;
    return RegoString.of(
        indented ? prefix + JsonText.indented(value, prefix, indent) : JsonText.of(value));
  }

  private static RegoValue unmarshal(BuiltinContext context, RegoValue text) {
    String json = Operands.string(text, 1);
    context.charge(json.length());
    try {
      return JsonReader.read(json);
    } catch (IOException e) {
      throw new BuiltinException(e.getMessage());
    }
  }

  private static boolean isJson(RegoValue value) {
    try {
      return value instanceof RegoString text && JsonReader.read(text.value()) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static RegoValue marshalYaml(RegoValue value) {
    try {
      return RegoString.of(YAML.writeValueAsString(sorted(JsonValues.toJson(value))));
    } catch (IOException e) {
      throw new BuiltinException(e.getMessage());
    }
  }

  private static JsonNode sorted(JsonNode node) throws IOException {
    return JsonValues.toJson(JsonReader.read(JsonText.of(JsonValues.fromJson(node))));
  }

  private static RegoValue unmarshalYaml(String text) {
    try {
      JsonNode node = YAML.readTree(text);
      return node == null || node.isMissingNode() ? RegoNull.NULL : JsonValues.fromJson(node);
    } catch (IOException | IllegalArgumentException e) {
      throw new BuiltinException(e.getMessage());
    }
  }

  private static boolean isYaml(RegoValue value) {
    try {
      return value instanceof RegoString text && unmarshalYaml(text.value()) != null;
    } catch (BuiltinException e) {
      return false;
    }
  }
}
