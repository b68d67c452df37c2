package qoa.engine.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import qoa.engine.kafka.RekeyedHeaders;
import qoa.engine.model.Incoming;
import qoa.engine.model.RawReport;
import qoa.engine.model.Source;
import qoa.engine.model.SourceMark;

/**
 * Reads messages of the topic of re-keyed reports: they are what they were where they came from.
 * Not safe for several threads.
 */
final class Rekeyed {

  private static final int OWN_HEADERS = 4;

  private final Map<String, Map<Integer, Source>> sources = new HashMap<>();

  /**
   * What a message says.
   *
   * @param home the partition it was read from
   * @return a report under its original topic, partition, offset and time; or a mark. What neither
   *     is, is a report that came from this home itself: it will be told what is wrong with it
   */
  Incoming read(Source home, ConsumerRecord<byte[], byte[]> message) {
    Headers headers = message.headers();
    try {
      Header mark = headers.lastHeader(RekeyedHeaders.MARK);
      if (mark != null) {
        return new SourceMark(home, message.offset(), RekeyedHeaders.readMark(text(mark)));
      }
      return new RawReport(
          source(text(headers, RekeyedHeaders.TOPIC), number(headers, RekeyedHeaders.PARTITION)),
          number(headers, RekeyedHeaders.OFFSET),
          number(headers, RekeyedHeaders.TIMESTAMP),
          message.key(),
          message.value(),
          original(headers),
          home,
          message.offset());
    } catch (IllegalArgumentException e) {
      return new RawReport(
          home, message.offset(), message.timestamp(), message.key(), message.value(), List.of());
    }
  }

  private Source source(String topic, long partition) {
    return sources
        .computeIfAbsent(topic, t -> new HashMap<>())
        .computeIfAbsent((int) partition, p -> new Source(topic, p));
  }

  /** The headers it had: whoever re-keyed it added some at the end. */
  private static List<RawReport.Header> original(Headers headers) {
    Header[] all = headers.toArray();
    if (all.length <= OWN_HEADERS) {
      return List.of();
    }
    List<RawReport.Header> original = new ArrayList<>();
    for (int i = 0; i < all.length - OWN_HEADERS; i++) {
      original.add(new RawReport.Header(all[i].key(), all[i].value()));
    }
    return original;
  }

  private static long number(Headers headers, String name) {
    return Long.parseLong(text(headers, name));
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null) {
      throw new IllegalArgumentException("no header " + name);
    }
    return text(header);
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
