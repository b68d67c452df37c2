package qoa.service.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Finding;
import qoa.core.model.MetricSummary;
import qoa.core.model.Promise;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;

/**
 * Judges that a metric's mean is at most what the contract's document says, at each stage and over
 * all. Says nothing of a stage without reports; fails where a number is {@link #POISON}.
 */
final class ByMean implements PolicyEvaluator {

  static final double POISON = 99;

  /** So many calls find it away. */
  int away;

  /** So many evaluations take all the time that a call has. */
  int most = Integer.MAX_VALUE;

  Revision prepared;
  final List<Evaluation> evaluated = new ArrayList<>();

  @Override
  public void prepare(Revision revision) {
    prepared = revision;
  }

  @Override
  public List<Outcome> evaluate(List<Evaluation> batch) throws EvaluatorUnavailableException {
    if (away > 0) {
      away--;
      throw new EvaluatorUnavailableException("away", null);
    }
    evaluated.addAll(batch);
    return batch.stream().map(ByMean::judge).toList();
  }

  @Override
  public List<Outcome> evaluate(List<Evaluation> batch, long nanos)
      throws EvaluatorUnavailableException {
    List<Evaluation> some = batch.subList(0, Math.min(most, batch.size()));
    List<Outcome> outcomes = new ArrayList<>(evaluate(some));
    outcomes.addAll(Collections.nCopies(batch.size() - some.size(), null));
    return outcomes;
  }

  private static Outcome judge(Evaluation evaluation) {
    EvaluationInput input = evaluation.input();
    MetricSummary all = input.summary().metrics().get("m");
    if (all != null && all.max() == POISON) {
      return new Outcome.Failed("poison");
    }
    double most = evaluation.contract().document().path("most").asDouble();
    List<Verdict> verdicts = new ArrayList<>();
    input
        .summary()
        .stages()
        .forEach((stage, summary) -> verdicts.add(of(summary.metrics().get("m"), most, stage)));
    verdicts.add(of(all, most, null));
    return new Outcome.Defined(verdicts);
  }

  private static Verdict of(MetricSummary summary, double most, String stage) {
    Verdict.Kind kind =
        summary == null
            ? Verdict.Kind.UNDETERMINED
            : summary.mean() > most ? Verdict.Kind.VIOLATED : Verdict.Kind.MET;
    Promise promise =
        new Promise(
            new PromiseKey("mean", "provider", stage, null),
            "mean",
            null,
            "m",
            "AVERAGE",
            JsonNodeFactory.instance.numberNode(most),
            null);
    JsonNode observed =
        summary == null ? null : JsonNodeFactory.instance.numberNode(summary.mean());
    return new Verdict(promise, new Finding(kind, observed, null));
  }

  @Override
  public void close() {}
}
