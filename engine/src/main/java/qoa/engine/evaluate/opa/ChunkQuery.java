package qoa.engine.evaluate.opa;

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
import qoa.engine.evaluate.Evaluation;
import qoa.engine.evaluate.InputJson;
import qoa.engine.evaluate.JsonAnswers;
import qoa.engine.evaluate.Outcome;
import qoa.engine.evaluate.Verdicts;

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
  private static final Verdicts<JsonNode> VERDICTS = new Verdicts<>(new JsonAnswers());

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
    JsonNode result = OpaConnection.parse(opa.query(path, body(chunk, batch), timeout));
    result = result.path("result");
    String revision = result.path("revision").asText();
    JsonNode answers = result.path("answers");
    if (!revision.equals(prepared.revision().id()) || answers.size() != chunk.indexes().size()) {
      throw new StaleRevisionException(revision);
    }
    List<Outcome> outcomes = new ArrayList<>(answers.size());
    for (JsonNode answer : answers) {
      outcomes.add(
          VERDICTS.outcome(
              chunk.policy(), answer.path(0).get(0), answer.path(1).get(0), answer.path(2).get(0)));
    }
    return outcomes;
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
