package qoa.service.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Any message as readable text. */
final class MessageText {

  /** Without a table of known keys, which senders could fill. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE).build())
          .build();

  private static final int HEX_WIDTH = 16;
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private MessageText() {}

  /**
   * Indented JSON if the message is JSON, else its text if it is UTF-8, else a hex dump. Ends with
   * a line break.
   *
   * @param message null for none
   */
  static String of(byte[] message) {
    if (message == null) {
      return "(none)\n";
    }
    String text = utf8(message).map(MessageText::indented).map(Printable::lines).orElse(null);
    if (text == null) {
      return dump(message);
    }
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  /** The text; empty if the bytes are not UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The bytes in hexadecimal, on one line. */
  static String hex(byte[] bytes) {
    return SPACED.formatHex(bytes);
  }

  /** Copies token by token, which keeps duplicate keys and the notation of numbers. */
  private static String indented(String text) {
    StringWriter out = new StringWriter();
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    try (JsonParser in = JSON.createParser(text);
        JsonGenerator json = JSON.createGenerator(out)) {
      json.setPrettyPrinter(printer);
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token.isNumeric()) {
          json.writeNumber(in.getText());
        } else {
          json.copyCurrentEvent(in);
        }
      }
    } catch (IOException e) {
      return text; // not JSON, or nested too deep to indent
    }
    return out.toString();
  }

  /** The output of {@code hexdump -C}. */
  private static String dump(byte[] bytes) {
    StringBuilder dump = new StringBuilder();
    for (int at = 0; at < bytes.length; at += HEX_WIDTH) {
      int end = Math.min(bytes.length, at + HEX_WIDTH);
      StringBuilder text = new StringBuilder();
      for (int i = at; i < end; i++) {
        text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
      }
      String hex = SPACED.formatHex(bytes, at, end);
      dump.append("%08x  %-47s  |%s|%n".formatted(at, hex, text));
    }
    return dump.toString();
  }
}
