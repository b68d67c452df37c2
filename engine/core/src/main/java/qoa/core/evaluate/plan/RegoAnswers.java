package qoa.core.evaluate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import qoa.core.evaluate.Answers;
import qoa.rego.budget.Budget;
import qoa.rego.value.JsonValues;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoComposite;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Answers as plans give them. For one evaluation, which pays for what is made of them. */
final class RegoAnswers implements Answers<RegoValue> {

  /** More than a verdict holds; what it holds is cut by {@link qoa.core.evaluate.Verdicts}. */
  private static final int LEVELS = 64;

  private static final int SIZE = 64 * 1024;

  /** What a part of a value takes as JSON. */
  private static final int PART_BYTES = 64;

  private static final RegoString[] KEYS =
      Arrays.stream(Key.values()).map(key -> RegoString.of(key.label())).toArray(RegoString[]::new);

  private final Budget budget;

  RegoAnswers(Budget budget) {
    this.budget = budget;
  }

  /** As much as its JSON costs, whether that is made or was made before: the same each time. */
  @Override
  public void pay(RegoValue member) {
    long weight = Math.min(member.weight(), SIZE);
    budget.charge(weight);
    budget.reserve(weight * PART_BYTES);
  }

  @Override
  public Iterable<RegoValue> elements(RegoValue value) {
    if (value instanceof RegoSet set) {
      return set;
    }
    return value instanceof RegoArray array ? array : null;
  }

  @Override
  public boolean isObject(RegoValue value) {
    return value instanceof RegoObject;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // there is one null
  public RegoValue[] values(RegoValue object) {
    RegoValue[] values = new RegoValue[KEYS.length];
    for (int i = 0; i < values.length; i++) {
      RegoValue value = object.get(KEYS[i]);
      values[i] = value == RegoNull.NULL ? null : value;
    }
    return values;
  }

  @Override
  public String text(RegoValue value) {
    return value instanceof RegoString string ? string.value() : null;
  }

  @Override
  public JsonNode json(RegoValue value) {
    boolean isLarge =
        value instanceof RegoComposite composite
            ? composite.isLarger(LEVELS, SIZE)
            : value instanceof RegoString text && text.value().length() > SIZE;
    if (isLarge) {
      return JsonValues.beginning(value, LEVELS, SIZE);
    }
    return value instanceof RegoObject object
        ? JsonValues.sharedJson(object)
        : JsonValues.toJson(value);
  }
}
