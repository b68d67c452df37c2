package qoa.core.engine;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import qoa.core.decode.Decoder;
import qoa.core.decode.ReportDecoder;
import qoa.core.decode.TextNumbers;
import qoa.core.decode.UndecodableException;
import qoa.core.model.DeadLetter;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.settings.LimitsConfig;

/**
 * Decodes recorded reports, and notes what the user of a dry run should know: the applications that
 * sent them, and numbers that were sent as texts. Used by one thread.
 */
public final class RecordedReports implements Decoder {

  /** How many applications are counted. */
  private static final int MOST = 1_000;

  private final Decoder decoder;
  private final TextNumbers texts;
  private final SortedMap<String, Long> applications = new TreeMap<>();

  /** Neither a recorded report nor its record has a time. */
  static final class NoTimeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoTimeException(RawReport raw, String detail) {
      super(
          "%s:%d: the report has %s; or judge all that have none as of now with --timestamps now"
              .formatted(raw.sourcePartition().topic(), raw.sourceOffset() + 1, detail));
    }
  }

  RecordedReports(LimitsConfig limits) {
    this.decoder = new ReportDecoder(limits);
    this.texts = new TextNumbers(new ReportDecoder(limits));
  }

  /**
   * {@inheritDoc}
   *
   * @throws NoTimeException where neither the report nor its record has a time
   */
  @Override
  public Report decode(RawReport raw) throws UndecodableException {
    try {
      Report report = decoder.decode(raw);
      note(report.application());
      texts.look(report);
      return report;
    } catch (UndecodableException e) {
      if (e.reason() == DeadLetter.Reason.NO_TIME) {
        throw new NoTimeException(raw, e.getMessage());
      }
      throw e;
    }
  }

  private void note(String application) {
    if (applications.size() < MOST || applications.containsKey(application)) {
      applications.merge(application, 1L, Long::sum);
    }
  }

  /** How many reports each application sent, by its name; of many applications the first. */
  public SortedMap<String, Long> applications() {
    return applications;
  }

  /** Metrics whose numbers were sent as texts; a bounded number. */
  public SortedSet<String> textNumbers() {
    return texts.found();
  }
}
