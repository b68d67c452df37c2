package qoa.engine.evaluate.plan.builtins;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import qoa.engine.evaluate.plan.value.JsonReader;
import qoa.engine.evaluate.plan.value.JsonValues;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/**
 * {@code json.match_schema} and {@code json.verify_schema}: JSON Schema draft 7, which reads
 * nothing but the schema itself and matches patterns in linear time.
 */
final class JsonSchemaBuiltins {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V7))
          .schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance()))
          .build();

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .preloadJsonSchema(false)
          .regularExpressionFactory(JsonSchemaBuiltins::regularExpression)
          .build();

  private static final JsonSchema META_SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(SchemaLocation.of(SchemaId.V7));

  private JsonSchemaBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("json.match_schema", JsonSchemaBuiltins::match)
        .add1("json.verify_schema", (c, schema) -> verify(schema));
  }

  private static RegularExpression regularExpression(String regex) {
    com.google.re2j.Pattern pattern = com.google.re2j.Pattern.compile(regex);
    return text -> pattern.matcher(text).find();
  }

  /** The document that the argument is, or is the text of. */
  private static JsonNode document(RegoValue value) {
    if (value instanceof RegoString text) {
      try {
        return JsonValues.toJson(JsonReader.read(text.value()));
      } catch (IOException e) {
        throw new BuiltinException("invalid JSON string");
      }
    }
    if (value instanceof RegoObject || value instanceof RegoArray) {
      return JsonValues.toJson(value);
    }
    throw new BuiltinException("wrong type, expected string or object");
  }

  private static JsonNode validSchema(RegoValue value) {
    JsonNode schema = document(value);
    for (ValidationMessage problem : META_SCHEMA.validate(schema)) {
      throw new BuiltinException(SchemaMessages.ofSchema(problem));
    }
    return schema;
  }

  private static RegoValue verify(RegoValue schema) {
    try {
      compile(schema);
      return RegoArray.of(RegoBoolean.TRUE, RegoNull.NULL);
    } catch (BuiltinException e) {
      return RegoArray.of(RegoBoolean.FALSE, RegoString.of("jsonschema: " + e.getMessage()));
    }
  }

  private static JsonSchema compile(RegoValue value) {
    try {
      JsonSchema schema = FACTORY.getSchema(validSchema(value), CONFIG);
      schema.initializeValidators();
      return schema;
    } catch (JsonSchemaException | com.google.re2j.PatternSyntaxException e) {
      throw new BuiltinException(String.valueOf(e.getMessage()));
    }
  }

  private static RegoValue match(BuiltinContext context, RegoValue document, RegoValue schema) {
    JsonNode node = document(document);
    JsonSchema compiled = context.cached(JsonSchema.class, schema, JsonSchemaBuiltins::compile);
    try {
      Set<ValidationMessage> problems = compiled.validate(node);
      context.charge(1 + problems.size());
      List<RegoValue> errors = new ArrayList<>();
      problems.forEach(problem -> errors.add(SchemaMessages.ofDocument(problem)));
      return RegoArray.of(RegoBoolean.of(problems.isEmpty()), RegoArray.copyOf(errors));
    } catch (JsonSchemaException e) {
      throw new BuiltinException(String.valueOf(e.getMessage()));
    }
  }
}
