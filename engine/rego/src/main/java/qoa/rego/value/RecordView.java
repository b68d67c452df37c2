package qoa.rego.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import qoa.rego.budget.Budget;

/** A record, as the object that a policy sees. For one thread, like every {@link ViewObject}. */
public final class RecordView<T> extends ViewObject {
  private final Fields<T> fields;
  private final T record;

  private RecordView(Fields<T> fields, T record, Budget budget) {
    super(budget);
    this.fields = fields;
    this.record = record;
  }

  /** What policies see of a kind of record. Immutable once all fields are there. */
  public static final class Fields<T> {
    private final KeyTable keys = new KeyTable(16);
    private final List<BiFunction<T, Budget, RegoValue>> values = new ArrayList<>();

    /**
     * Adds a field.
     *
     * @param value never gives null
     */
    public Fields<T> with(String name, Function<T, RegoValue> value) {
      return with(name, (record, budget) -> value.apply(record));
    }

    /**
     * Adds a field that costs something to make.
     *
     * @param value never gives null; takes from the budget what it is about to use
     */
    public Fields<T> with(String name, BiFunction<T, Budget, RegoValue> value) {
      keys.add(RegoString.of(name));
      values.add(value);
      return this;
    }

    /** A record, seen as these fields; {@code budget} pays for the values made. */
    public RegoObject of(T record, Budget budget) {
      return new RecordView<>(this, record, budget);
    }
  }

  @Override
  public int size() {
    return fields.keys.size();
  }

  @Override
  public RegoValue get(RegoValue key) {
    int position = fields.keys.find(key);
    return position < 0 ? null : fields.values.get(position).apply(record, budget);
  }

  @Override
  TableObject entries() {
    RegoValue[] values = new RegoValue[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.values.get(i).apply(record, budget);
    }
    return new TableObject(fields.keys, values);
  }
}
