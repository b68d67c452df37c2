package qoa.rego.builtins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import qoa.rego.value.JsonReader;
import qoa.rego.value.JsonText;
import qoa.rego.value.JsonValues;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoComposite;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** JSON and YAML texts. */
final class JsonBuiltins {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  /** For a character of YAML, which is scanned, parsed, and made a tree of nodes. */
  private static final long YAML_STEPS = 4;

  private static final long YAML_BYTES = 48;

  private JsonBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("json.marshal", Cost.OWN, (c, x) -> marshal(c, x))
        .add2(
            "json.marshal_with_options",
            Cost.OWN,
            (c, x, o) -> marshal(c, x, Operands.object(o, 2)))
        .add1("json.unmarshal", Cost.OWN, JsonBuiltins::unmarshal)
        .add1("json.is_valid", Cost.OWN, (c, s) -> RegoBoolean.of(isJson(c, s)))
        .add1("yaml.marshal", Cost.OWN, (c, x) -> marshalYaml(c, x))
        .add1("yaml.unmarshal", Cost.OWN, (c, s) -> unmarshalYaml(c, Operands.string(s, 1)))
        .add1("yaml.is_valid", Cost.OWN, (c, s) -> RegoBoolean.of(isYaml(c, s)));
  }

  private static RegoValue marshal(BuiltinContext context, RegoValue value) {
    return RegoString.of(JsonText.of(value, context));
  }

  private static RegoValue marshal(BuiltinContext context, RegoValue value, RegoObject options) {
    Cost.READS.charge(context, options);
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
        default ->
            throw new OperandException(2, "object contained unknown key " + TermText.shown(name));
      }
      implied |= !name.equals("pretty");
    }
    boolean indented = pretty == null ? implied : pretty;
    return RegoString.of(
        indented
            ? prefix + JsonText.indented(value, prefix, indent, context)
            : JsonText.of(value, context));
  }

  private static RegoValue unmarshal(BuiltinContext context, RegoValue text) {
    String json = Operands.string(text, 1);
    try {
      return JsonReader.read(json, context);
    } catch (IOException e) {
      throw new BuiltinException(e.getMessage());
    }
  }

  private static boolean isJson(BuiltinContext context, RegoValue value) {
    try {
      return value instanceof RegoString text && JsonReader.read(text.value(), context) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** By way of JSON, which has the keys in order. */
  private static RegoValue marshalYaml(BuiltinContext context, RegoValue value) {
    String json = JsonText.of(value, context);
    // Each line may begin with two spaces for each level.
    context.text(json.length() + 2L * levels(value) * value.weight());
    try {
      RegoValue sorted = JsonReader.read(json, context);
      return RegoString.of(YAML.writeValueAsString(JsonValues.toJson(sorted, context)));
    } catch (IOException e) {
      throw new BuiltinException(e.getMessage());
    }
  }

  private static long levels(RegoValue value) {
    return value instanceof RegoComposite composite ? composite.depth() : 0;
  }

  private static RegoValue unmarshalYaml(BuiltinContext context, String text) {
    context.charge(YAML_STEPS * text.length());
    context.reserve(YAML_BYTES * text.length());
    try {
      JsonNode node = YAML.readTree(text);
      return node == null || node.isMissingNode()
          ? RegoNull.NULL
          : JsonValues.fromJson(node, context);
    } catch (IOException | IllegalArgumentException e) {
      throw new BuiltinException(e.getMessage());
    }
  }

  private static boolean isYaml(BuiltinContext context, RegoValue value) {
    try {
      return value instanceof RegoString text && unmarshalYaml(context, text.value()) != null;
    } catch (BuiltinException e) {
      return false;
    }
  }
}
