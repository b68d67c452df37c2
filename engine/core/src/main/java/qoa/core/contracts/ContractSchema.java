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

/** The QoA4ML contract schema with our patch; safe to use from any thread. */
final class ContractSchema {

  /** The QoA4ML contract schema v0.3, which contracts follow. */
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

  /** Adds what the schema finds wrong with a contract, in a person's words. */
  void check(Document source, ProblemList problems) {
    new UnknownKeys(patched.asJsonObject(), problems).check();
    JsonStructure contract = parse(source.root().toString());
    new ContractSchemaMessages(patched, contract, problems).add(schema.validate(source.root()));
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
