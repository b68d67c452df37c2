package qoa.core.decode;

import java.io.IOException;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportBounds;
import qoa.core.model.ReportKind;
import qoa.core.settings.LimitsConfig;

/**
 * Decodes every kind of report that QoA4ML clients and probes send. The shape of a report
 * determines its kind. A message becomes observations only, in time and memory linear in its size.
 * A message that exceeds the limits or {@link ReportBounds} is rejected. A decoder keeps names and
 * layouts of earlier messages, 64 MiB at most, whatever senders choose.
 *
 * <p>Not thread-safe: each thread has its own decoder.
 */
public final class ReportDecoder implements Decoder {

  /** The end of the year 9999, the last year in RFC 3339, in milliseconds since the epoch. */
  private static final long LATEST = 253_402_300_799_999L;

  private final int maxBytes;
  private final long maxAhead;
  private final PaddedText text = new PaddedText();
  private final Layouts layouts = new Layouts();
  private final ByteCursor fast;
  private final JacksonText exact;
  private final ReportReader reader = new ReportReader();

  /**
   * @param limits the limits of size, depth and time
   */
  public ReportDecoder(LimitsConfig limits) {
    this.maxBytes = (int) limits.reportBytes();
    this.maxAhead = limits.timeAhead().toMillis();
    this.fast = new ByteCursor(limits.reportDepth());
    this.exact = new JacksonText(limits.reportDepth());
  }

  @Override
  public Report decode(RawReport raw) throws UndecodableException {
    checkBytes(raw.value());
    text.set(raw.value());
    try {
      Layout layout = layouts.find(text);
      if (layout == null) {
        return decodeUnknown(raw);
      }
      double[] values = layouts.values();
      long time = eventTime(raw, layout.timestamp(values));
      return new Report(
          raw,
          layout.kind(),
          layout.application(),
          layout.sender(),
          time,
          layout.observations(values));
    } catch (UndecodableException | IOException e) {
      return decodeExactly(raw);
    }
  }

  private Report decodeUnknown(RawReport raw) throws UndecodableException, IOException {
    if (layouts.isWorthLearning(text)) {
      Slots slots = new Slots();
      fast.record(text, slots);
      reader.read(fast);
      layouts.add(text, layout(slots));
    }
    fast.reset(text);
    reader.read(fast);
    return report(raw);
  }

  private Layout layout(Slots slots) throws UndecodableException {
    ReportKind kind = reader.kind();
    return new Layout(
        text,
        slots,
        kind,
        reader.application(kind),
        reader.sender(),
        reader.timestamp(),
        reader.observations(kind));
  }

  /** Decodes with Jackson, which reads what the fast ways decline, and explains each fault. */
  public Report decodeExactly(RawReport raw) throws UndecodableException {
    exact.read(raw.value(), reader);
    return report(raw);
  }

  private Report report(RawReport raw) throws UndecodableException {
    ReportKind kind = reader.kind();
    String application =
        reader.application(kind); // before the time, so that this fault is reported first
    long time = eventTime(raw, reader.timestamp());
    return new Report(raw, kind, application, reader.sender(), time, reader.observations(kind));
  }

  private void checkBytes(byte[] value) throws UndecodableException {
    if (value == null || value.length == 0) {
      throw new UndecodableException(Reason.EMPTY, "the message has no value");
    }
    if (value.length > maxBytes) {
      throw new UndecodableException(
          Reason.TOO_LARGE, "larger than limits.report-bytes, which is %,d".formatted(maxBytes));
    }
    if (value[0] == 0 || (value.length > 1 && value[1] == 0)) {
      throw new UndecodableException(Reason.NOT_JSON, "not UTF-8");
    }
  }

  /**
   * The event time in milliseconds. It is compared with the timestamp of the record, not with the
   * clock, so that the result is the same whenever the report is read.
   */
  private long eventTime(RawReport raw, double seconds) throws UndecodableException {
    if (Double.isNaN(seconds) && !raw.hasTimestamp()) {
      throw new UndecodableException(
          Reason.NO_TIME, "no event time: expected metadata.timestamp or timestamp, in seconds");
    }
    double millis = Double.isNaN(seconds) ? raw.timestamp() : Math.floor(seconds * 1000);
    if (millis < 0) {
      throw new UndecodableException(
          Reason.INVALID_TIME, "the event time " + seconds + " s is before 1970");
    }
    if (millis > LATEST) {
      throw new UndecodableException(
          Reason.INVALID_TIME, "the event time " + seconds + " s is after the year 9999");
    }
    if (raw.hasTimestamp() && millis > (double) raw.timestamp() + maxAhead) {
      throw new UndecodableException(
          Reason.INVALID_TIME,
          ("the event time %.3f s is %.0f s ahead of the record's timestamp;"
                  + " limits.time-ahead is %d s")
              .formatted(millis / 1000, (millis - raw.timestamp()) / 1000, maxAhead / 1000));
    }
    return (long) millis;
  }
}
