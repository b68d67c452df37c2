package qoa.core.contracts;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import qoa.core.documents.Document;

/** The QoA4ML contract schema with the extensions of the engine. Thread-safe. */
final class ContractSchema {

  /** Version 0.3 of the QoA4ML contract schema. */
  static final ContractSchema V0_3 = new ContractSchema("qoa4ml-contract-v0.3");

  private final JsonStructure patched;
  private final JsonSchema schema;

  private ContractSchema(String name) {
    JsonStructure original = resource(name + ".schema.json");
    patched = Json.createPatch(resource(name + ".patch.json").asJsonArray()).apply(original);
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                patched.toString(),
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
  }

  /** Adds a problem for each value that does not match the schema. */
  void check(Document document, ProblemList problems) {
    new UnknownKeys(patched.asJsonObject(), problems).check();
    JsonStructure contract = parse(document.root().toString());
    new ContractSchemaMessages(patched, contract, problems).add(schema.validate(document.root()));
  }

  private static JsonStructure parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.read();
    }
  }

  private static JsonStructure resource(String name) {
    try (InputStream stream = ContractSchema.class.getResourceAsStream(name);
        JsonReader reader = Json.createReader(stream)) {
      return reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
