package qoa.rego.builtins;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import qoa.rego.budget.Budget;
import qoa.rego.budget.LimitException;
import qoa.rego.value.Costs;
import qoa.rego.value.JsonReader;
import qoa.rego.value.JsonValues;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/**
 * {@code json.match_schema} and {@code json.verify_schema}: JSON Schema draft 7, which reads
 * nothing but the schema itself and matches patterns in linear time.
 */
final class JsonSchemaBuiltins {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V7))
          .metaSchema(MeteredSchema.of(JsonMetaSchema.getV7()))
          .schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance()))
          .build();

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .preloadJsonSchema(false)
          .regularExpressionFactory(MeteredSchema::regularExpression)
          .build();

  private static final JsonSchema META_SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(SchemaLocation.of(SchemaId.V7));

  private static final long PART_STEPS = 200;

  private static final long PART_BYTES = 2_000;

  private static final int MAX_DEPTH = 100;

  private JsonSchemaBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("json.match_schema", Cost.OWN, JsonSchemaBuiltins::match)
        .add1("json.verify_schema", Cost.OWN, (c, schema) -> verify(c, schema));
  }

  /** The document that the argument is, or is the text of. */
  private static JsonNode document(Budget budget, RegoValue value) {
    if (value instanceof RegoString text) {
      try {
        return JsonValues.toJson(JsonReader.read(text.value(), budget), budget);
      } catch (IOException e) {
        throw new BuiltinException("invalid JSON string");
      }
    }
    if (value instanceof RegoObject || value instanceof RegoArray) {
      return JsonValues.toJson(value, budget);
    }
    throw new BuiltinException("wrong type, expected string or object");
  }

  /**
   * A schema, compiled for this evaluation: it goes on to grow where it refers to itself, so later
   * evaluations do not get it.
   */
  private static JsonSchema schema(BuiltinContext context, RegoValue value) {
    Costs.key(context, value);
    return context.remembered(new Key(value), key -> compile(context, value));
  }

  private record Key(RegoValue schema) {}

  private static JsonSchema compile(BuiltinContext context, RegoValue value) {
    JsonNode node = document(context, value);
    long size = size(node, 0);
    context.charge(PART_STEPS * size);
    context.reserve(PART_BYTES * size);
    for (ValidationMessage problem : META_SCHEMA.validate(node)) {
      throw new BuiltinException(SchemaMessages.ofSchema(problem));
    }
    try {
      return MeteredSchema.compile(
          context,
          () -> {
            JsonSchema schema = FACTORY.getSchema(node, CONFIG);
            schema.initializeValidators();
            return schema;
          });
    } catch (JsonSchemaException e) {
      throw new BuiltinException(String.valueOf(e.getMessage()));
    }
  }

  private static long size(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      throw new LimitException("a JSON Schema nested more than " + MAX_DEPTH + " levels deep");
    }
    long size = 1;
    for (JsonNode part : node) {
      size += size(part, depth + 1);
    }
    return size;
  }

  private static RegoValue verify(BuiltinContext context, RegoValue schema) {
    try {
      schema(context, schema);
      return RegoArray.of(RegoBoolean.TRUE, RegoNull.NULL);
    } catch (BuiltinException e) {
      return RegoArray.of(RegoBoolean.FALSE, RegoString.of("jsonschema: " + e.getMessage()));
    }
  }

  private static RegoValue match(BuiltinContext context, RegoValue document, RegoValue schema) {
    JsonNode node = document(context, document);
    JsonSchema compiled = schema(context, schema);
    try {
      Set<ValidationMessage> problems =
          MeteredSchema.validate(context, () -> compiled.validate(node));
      context.elements(8L * problems.size());
      List<RegoValue> errors = new ArrayList<>();
      for (ValidationMessage problem : problems) {
        errors.add(SchemaMessages.ofDocument(problem));
      }
      return RegoArray.of(RegoBoolean.of(problems.isEmpty()), RegoArray.copyOf(errors));
    } catch (JsonSchemaException e) {
      throw new BuiltinException(String.valueOf(e.getMessage()));
    }
  }
}
