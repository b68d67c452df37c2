package qoa.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.ReportBounds;

/**
 * Reads messages with Jackson, which explains each fault. Reused for each message; not thread-safe.
 *
 * <p>Jackson keeps a table of all keys, of any length. Senders choose the keys, so the table is
 * dropped after {@value #KEPT} bytes of messages.
 */
final class JacksonText {

  private static final int KEPT = 8 * 1024 * 1024;

  private final int maxDepth;
  private final PaddedText padded = new PaddedText();
  private final JacksonCursor cursor = new JacksonCursor();
  private JsonFactory json;
  private long bytes;

  /**
   * @param maxDepth limit of the nesting depth of objects and arrays
   */
  JacksonText(int maxDepth) {
    this.maxDepth = maxDepth;
    this.json = factory(maxDepth);
  }

  private static JsonFactory factory(int maxDepth) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .disable(
            JsonFactory.Feature
                .FAIL_ON_SYMBOL_HASH_OVERFLOW) // its result depends on earlier messages
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxNumberLength(ReportBounds.NUMBER_CHARACTERS)
                .maxStringLength(ReportBounds.BYTES)
                .maxNameLength(ReportBounds.BYTES)
                .build())
        .build();
  }

  /**
   * Reads a message to its end.
   *
   * @throws UndecodableException if it is not a report; the message states why, and the place if it
   *     has one
   */
  void read(byte[] message, ReportReader reader) throws UndecodableException {
    if (!Utf8.isAscii(message)) {
      checkUtf8(message);
    }
    bytes += message.length;
    if (bytes > KEPT) {
      json = factory(maxDepth);
      bytes = message.length;
    }
    try (JsonParser parser = json.createParser(message)) {
      cursor.reset(parser);
      reader.read(cursor);
    } catch (StreamConstraintsException e) {
      throw beyondConstraint(e);
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  private void checkUtf8(byte[] message) throws UndecodableException {
    padded.set(message);
    int fault = Utf8.faultIn(padded.bytes, padded.length);
    if (fault >= 0) {
      throw new UndecodableException(Reason.NOT_JSON, "not UTF-8, at byte " + fault);
    }
  }

  private UndecodableException beyondConstraint(StreamConstraintsException e) {
    return e.getOriginalMessage().contains("nesting depth")
        ? cursor.fail(
            Reason.TOO_DEEP, "nested deeper than limits.report-depth, which is " + maxDepth)
        : cursor.fail(
            Reason.NUMBER_OUT_OF_RANGE,
            "a number has more than %,d characters".formatted(ReportBounds.NUMBER_CHARACTERS));
  }

  private static UndecodableException notJson(IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      return new UndecodableException(
          Reason.NOT_JSON,
          firstLine(json.getOriginalMessage()) + " at byte " + json.getLocation().getByteOffset());
    }
    return new UndecodableException(Reason.NOT_JSON, firstLine(String.valueOf(e.getMessage())));
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return ShortText.of(end < 0 ? text : text.substring(0, end), 200);
  }
}
