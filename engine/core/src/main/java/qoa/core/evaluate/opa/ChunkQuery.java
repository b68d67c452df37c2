package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.InputJson;
import qoa.core.evaluate.JsonAnswers;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.Verdicts;

/** Asks OPA about one chunk. Safe for any number of threads. */
final class ChunkQuery {

  /** OPA answered with another revision than the one asked for, or with none. */
  static final class StaleRevisionException extends OpaClientException {

    private static final long serialVersionUID = 1;

    StaleRevisionException(String found) {
      super(found.isEmpty() ? "OPA has lost its policies" : "OPA has the revision " + found);
    }
  }

  private static final JsonFactory JSON = new JsonFactory();
  private static final Verdicts<JsonNode> VERDICTS = new Verdicts<>();
  private static final JsonAnswers ANSWERS = new JsonAnswers();

  /** Where the dispatcher's answer has the rules. */
  private static final int VIOLATION = 0;

  private static final int UNDETERMINED = 1;
  private static final int MET = 2;
  private static final int RULES = 3;

  private final OpaConnection opa;
  private final Prepared prepared;
  private final Duration timeout;

  ChunkQuery(OpaConnection opa, Prepared prepared, Duration timeout) {
    this.opa = opa;
    this.prepared = prepared;
    this.timeout = timeout;
  }

  /**
   * The outcomes of a chunk's inputs, in its order.
   *
   * @throws OpaClientException where there is no answer for all of them
   */
  List<Outcome> ask(Chunk chunk, List<Evaluation> batch) throws InterruptedException {
    String path = prepared.dispatcher().path(chunk.policy());
    JsonNode result = opa.query(path, body(chunk, batch), timeout).path("result");
    String revision = result.path("revision").asText();
    if (!revision.equals(prepared.revision().id())) {
      throw new StaleRevisionException(revision);
    }
    JsonNode answers = result.path("answers");
    if (!answers.isArray() || answers.size() != chunk.indexes().size()) {
      throw opa.notOpa("it did not answer for each input of the query");
    }
    List<Outcome> outcomes = new ArrayList<>(answers.size());
    for (JsonNode answer : answers) {
      outcomes.add(
          VERDICTS.outcome(
              ANSWERS,
              chunk.policy(),
              rule(answer, VIOLATION),
              rule(answer, UNDETERMINED),
              rule(answer, MET)));
    }
    return outcomes;
  }

  /** The value of one of the three rules; null where the rule is undefined. */
  private JsonNode rule(JsonNode answer, int number) {
    JsonNode value = answer.path(number);
    if (answer.size() != RULES || !value.isArray() || value.size() > 1) {
      throw opa.notOpa("its answer has not the form that the query asks for");
    }
    return value.get(0);
  }

  private byte[] body(Chunk chunk, List<Evaluation> batch) {
    InputJson input = prepared.inputs().get(chunk.policy());
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("input");
      json.writeArrayFieldStart("batch");
      for (int index : chunk.indexes()) {
        input.write(json, batch.get(index).input());
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("an array of bytes does not fail", e);
    }
  }
}
