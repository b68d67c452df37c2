package qoa.engine.evaluate.plan.value;

import java.util.Map;
import java.util.function.Function;

/** A map, as the object that a policy sees. For one thread, like every {@link ViewObject}. */
public final class MapView<T> extends ViewObject {
  private final Map<String, T> map;
  private final Function<T, RegoValue> value;

  /**
   * @param map must not change any more, and holds no null
   * @param value makes what a policy sees of one of the map's values; never null
   */
  public MapView(Map<String, T> map, Function<T, RegoValue> value) {
    this.map = map;
    this.value = value;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public RegoValue get(RegoValue key) {
    T found = key instanceof RegoString name ? map.get(name.value()) : null;
    return found == null ? null : value.apply(found);
  }

  @Override
  TableObject entries() {
    TableObject object = new TableObject(map.size());
    map.forEach((name, one) -> object.insert(RegoString.of(name), value.apply(one)));
    return object;
  }
}
