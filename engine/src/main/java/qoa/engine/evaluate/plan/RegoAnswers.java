package qoa.engine.evaluate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import qoa.engine.evaluate.Answers;
import qoa.engine.evaluate.plan.value.JsonValues;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** Answers as plans give them. */
final class RegoAnswers implements Answers<RegoValue> {

  private static final RegoString[] KEYS =
      Arrays.stream(Key.values()).map(key -> RegoString.of(key.label())).toArray(RegoString[]::new);

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
    return value instanceof RegoObject object
        ? JsonValues.sharedJson(object)
        : JsonValues.toJson(value);
  }
}
