package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import qoa.core.model.RawReport;

/**
 * Separates the engine's own headers from those of a message's sender. Names that start with {@code
 * qoa.}, in lower case as Kafka compares them, are the engine's. A client's headers of such names
 * are dropped where its message is read, so nothing further in can take them for the engine's.
 *
 * <p>One is kept: {@link #REDRIVEN_FROM}, the last one, where it has the right form. A redrive
 * sends it to the topics of reports, where clients may write too, so it may be forged. It is for
 * people: the engine hands it on and decides nothing by it.
 */
public final class EngineHeaders {

  /** The prefix of the engine's own headers. */
  public static final String PREFIX = "qoa.";

  /** The dead letter that a message was redriven from, as {@link DeadLetterId}. */
  public static final String REDRIVEN_FROM = PREFIX + "redriven-from";

  private EngineHeaders() {}

  /** Whether a header is the engine's own. */
  public static boolean isOwn(String name) {
    return name.startsWith(PREFIX);
  }

  /** The headers that the sender of a message gave it, in order, without the engine's own. */
  public static List<RawReport.Header> ofSender(Headers headers) {
    List<RawReport.Header> list = List.of();
    for (Header header : headers) {
      if (isOwn(header.key()) && !isRedrivenFrom(header, headers)) {
        continue;
      }
      if (list.isEmpty()) {
        list = new ArrayList<>();
      }
      list.add(new RawReport.Header(header.key(), header.value()));
    }
    return list;
  }

  private static boolean isRedrivenFrom(Header header, Headers headers) {
    if (!header.key().equals(REDRIVEN_FROM)
        || header.value() == null
        || !header.equals(headers.lastHeader(REDRIVEN_FROM))) {
      return false;
    }
    try {
      DeadLetterId.parse(new String(header.value(), StandardCharsets.UTF_8));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
