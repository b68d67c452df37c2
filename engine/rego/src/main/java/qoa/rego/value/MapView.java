package qoa.rego.value;

import java.util.Map;
import java.util.function.BiFunction;
import qoa.rego.budget.Budget;

/** A map, as the object that a policy sees. For one thread, like every {@link ViewObject}. */
public final class MapView<T> extends ViewObject {
  private final Map<String, T> map;
  private final BiFunction<T, Budget, RegoValue> value;

  /**
   * @param map must not change any more; holds no null
   * @param value makes what a policy sees of one of the map's values; never null
   * @param budget pays for what is made
   */
  public MapView(Map<String, T> map, BiFunction<T, Budget, RegoValue> value, Budget budget) {
    super(budget);
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
    return found == null ? null : value.apply(found, budget);
  }

  @Override
  TableObject entries() {
    TableObject object = new TableObject(map.size());
    map.forEach((name, one) -> object.insert(RegoString.of(name), value.apply(one, budget)));
    return object;
  }
}
