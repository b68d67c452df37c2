package qoa.rego.builtins;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import qoa.rego.budget.LimitException;

/**
 * Makes the keywords of a JSON Schema take steps from the evaluation that validates. How often a
 * schema looks at a part of a document depends on the schema alone.
 */
final class MeteredSchema {
  /** A keyword is a few calls deep. */
  private static final int MAX_DEPTH = 300;

  private static final int KEYWORD_STEPS = 20;

  /** Made for each way that leads to a keyword. */
  private static final int VALIDATOR_STEPS = 100;

  private static final int VALIDATOR_BYTES = 4_000;

  /** Of the messages of a keyword, which are not kept. */
  private static final int MESSAGE_BYTES = 1_000;

  /** Set during a validation, because the validator hands nothing else through. */
  private static final ThreadLocal<MeteredSchema> CURRENT = new ThreadLocal<>();

  /** Keywords that the validator must have as they are; each looks at one thing. */
  private static final Set<String> AS_THEY_ARE = Set.of("format", "type");

  private final BuiltinContext context;
  private final boolean isCompiling;
  private int depth;
  private RuntimeException ended;

  private MeteredSchema(BuiltinContext context, boolean isCompiling) {
    this.context = context;
    this.isCompiling = isCompiling;
  }

  /** Compiles, which {@code context} pays for. */
  static <T> T compile(BuiltinContext context, Supplier<T> work) {
    return run(new MeteredSchema(context, true), work);
  }

  /** Validates, which {@code context} pays for. */
  static <T> T validate(BuiltinContext context, Supplier<T> work) {
    return run(new MeteredSchema(context, false), work);
  }

  private static <T> T run(MeteredSchema run, Supplier<T> work) {
    CURRENT.set(run);
    try {
      T result = work.get();
      run.requireLeft();
      return result;
    } finally {
      CURRENT.remove();
    }
  }

  /** If a pattern throws, the validator makes a message of it and goes on. */
  private boolean matches(Patterns.Compiled pattern, String text) {
    try {
      return pattern.matcher(context, text).find();
    } catch (LimitException e) {
      ended = e;
      return false;
    }
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw new LimitException("a JSON Schema that leads too deep");
    }
  }

  private void requireLeft() {
    if (ended != null) {
      throw ended;
    }
  }

  /** The same keywords, metered. */
  static JsonMetaSchema of(JsonMetaSchema dialect) {
    return JsonMetaSchema.builder(dialect).keywords(MeteredSchema::wrapAll).build();
  }

  private static void wrapAll(Map<String, Keyword> keywords) {
    keywords.replaceAll(
        (name, keyword) -> AS_THEY_ARE.contains(name) ? keyword : new MeteredKeyword(keyword));
  }

  /**
   * A pattern, compiled: of a schema, or one that a document holds. The validator would log the
   * failures of a schema's pattern.
   */
  static RegularExpression regularExpression(String regex) {
    MeteredSchema run = CURRENT.get();
    try {
      Patterns.Compiled pattern = run.compiled(regex);
      return text -> CURRENT.get().matches(pattern, text);
    } catch (LimitException | BuiltinException e) {
      if (!run.isCompiling && e instanceof BuiltinException) {
        throw e; // the document's pattern is none, which is what the schema asks for
      }
      run.ended = e;
      return text -> false;
    }
  }

  private Patterns.Compiled compiled(String regex) {
    Price price = PatternPrice.of(regex);
    context.charge(price.steps());
    context.reserve(price.bytes());
    return Patterns.compile(regex, 0);
  }

  private Set<ValidationMessage> validate(
      JsonValidator validator,
      ExecutionContext execution,
      JsonNode node,
      JsonNode root,
      JsonNodePath location) {
    deeper();
    requireLeft();
    context.charge((long) KEYWORD_STEPS + node.size());
    context.reserve(MESSAGE_BYTES);
    Set<ValidationMessage> messages = validator.validate(execution, node, root, location);
    depth--;
    requireLeft();
    return messages;
  }

  private record MeteredKeyword(Keyword keyword) implements Keyword {
    @Override
    public String getValue() {
      return keyword.getValue();
    }

    @Override
    public JsonValidator newValidator(
        SchemaLocation schemaLocation,
        JsonNodePath evaluationPath,
        JsonNode schemaNode,
        JsonSchema parent,
        ValidationContext validation)
        throws Exception {
      MeteredSchema run = CURRENT.get();
      run.context.charge(VALIDATOR_STEPS);
      run.context.reserve(VALIDATOR_BYTES);
      JsonValidator validator =
          keyword.newValidator(schemaLocation, evaluationPath, schemaNode, parent, validation);
      return validator == null ? null : new MeteredValidator(validator);
    }
  }

  private record MeteredValidator(JsonValidator validator) implements JsonValidator {
    @Override
    public Set<ValidationMessage> validate(
        ExecutionContext execution, JsonNode node, JsonNode root, JsonNodePath location) {
      return CURRENT.get().validate(validator, execution, node, root, location);
    }

    @Override
    public void preloadJsonSchema() {
      MeteredSchema run = CURRENT.get();
      run.deeper();
      validator.preloadJsonSchema();
      run.depth--;
    }

    @Override
    public SchemaLocation getSchemaLocation() {
      return validator.getSchemaLocation();
    }

    @Override
    public JsonNodePath getEvaluationPath() {
      return validator.getEvaluationPath();
    }

    @Override
    public String getKeyword() {
      return validator.getKeyword();
    }
  }
}
