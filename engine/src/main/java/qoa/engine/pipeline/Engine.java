package qoa.engine.pipeline;

import java.util.HashMap;
import java.util.Map;
import qoa.engine.emit.Sink;
import qoa.engine.emit.Summary;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.ingest.ReportDecoder;
import qoa.engine.ingest.UndecodableException;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.RawReport;
import qoa.engine.model.Report;
import qoa.engine.model.ReportKind;
import qoa.engine.model.Source;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.ReportOutcome;

/**
 * The way of a report, from bytes to events, without Kafka: decode, match to contracts, window,
 * evaluate, emit. The clock is an argument everywhere.
 *
 * <p>Every message given to {@link #take} ends in exactly one outcome: evaluated + unmatched + late
 * + dead-lettered = taken. Used by one thread.
 */
public final class Engine {

  private final Revision revision;
  private final long idleTimeout;
  private final ReportDecoder decoder;
  private final Sink sink;
  private final EngineMetrics metrics;
  private final Tally tally = new Tally();
  private final Judge judge;
  private final Map<String, Route> routes = new HashMap<>();
  private final Map<Source, Long> next = new HashMap<>();

  /**
   * @param decoder used by this engine alone
   * @param evaluator prepared with the revision
   * @param idleTimeout after how many milliseconds a silent source no longer holds windows open
   */
  public Engine(
      Revision revision,
      ReportDecoder decoder,
      PolicyEvaluator evaluator,
      Sink sink,
      EngineMetrics metrics,
      long idleTimeout) {
    this.revision = revision;
    this.decoder = decoder;
    this.sink = sink;
    this.metrics = metrics;
    this.idleTimeout = idleTimeout;
    this.judge = new Judge(evaluator, revision.id(), sink, metrics, tally);
  }

  /**
   * Takes a message in. What it makes due is judged with the next {@link #judge}.
   *
   * @param now the clock, in milliseconds since the epoch
   */
  public void take(RawReport raw, long now) {
    next.put(raw.source(), raw.offset() + 1);
    Report report;
    try {
      report = decoder.decode(raw, now);
    } catch (UndecodableException e) {
      sink.deadLetter(new DeadLetter(raw, e.reason(), e.getMessage()));
      metrics.deadLetter(e.reason());
      tally.report(ReportKind.UNKNOWN, ReportOutcome.DEAD_LETTER);
      return;
    }
    Route route = routes.get(report.application());
    if (route == null) {
      route = new Route(report.application(), revision.contracts(), idleTimeout, judge::add);
      routes.put(report.application(), route);
    }
    tally.report(report.kind(), route.take(report, now));
  }

  /** Lets the clock close windows of applications that fell silent. */
  public void advance(long now) {
    routes.values().forEach(route -> route.advance(now));
  }

  /** Closes all windows that have reports: no more will come. */
  public void finish() {
    routes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> entry.getValue().finish());
  }

  /**
   * Judges what is due and hands the events to the sink.
   *
   * @param now the clock, in milliseconds since the epoch
   * @throws EvaluatorUnavailableException where nothing was judged; it stays due, call again later
   */
  public void judge(long now) throws EvaluatorUnavailableException, InterruptedException {
    tally.tellReports(metrics);
    judge.judge(now);
  }

  /**
   * Commits what the sink was given, with the offsets of the oldest reports still needed. To be
   * called when nothing is due.
   */
  public void commit() {
    Map<Source, Long> offsets = new HashMap<>(next);
    routes.values().forEach(route -> route.oldestNeeded(offsets));
    sink.commit(offsets);
  }

  /** Whether something is due that could not be judged yet. */
  public boolean hasDue() {
    return judge.hasDue();
  }

  /** What the run has come to. */
  public Summary summary() {
    return tally.summary();
  }
}
