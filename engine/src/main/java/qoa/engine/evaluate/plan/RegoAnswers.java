package qoa.engine.evaluate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
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

  private static final Map<Key, RegoString> KEYS = new EnumMap<>(Key.class);

  static {
    for (Key key : Key.values()) {
      KEYS.put(key, RegoString.of(key.label()));
    }
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
  public RegoValue get(RegoValue object, Key key) {
    RegoValue value = object.get(KEYS.get(key));
    return value == RegoNull.NULL ? null : value;
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
