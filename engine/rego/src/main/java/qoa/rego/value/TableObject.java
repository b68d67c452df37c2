package qoa.rego.value;

import java.util.Arrays;

/** An object that holds its entries. */
final class TableObject extends RegoObject {
  static final TableObject EMPTY = new TableObject(0);

  /** Larger tables are not shared by objects made alike: it takes a copy for each key. */
  private static final int SMALL = 16;

  private KeyTable keys;

  /** Whether other objects may have the same table, so that no key may be added to it. */
  private boolean sharesKeys;

  private RegoValue[] values;
  private int hash;

  TableObject(int capacity) {
    keys = new KeyTable(capacity);
    values = new RegoValue[keys.capacity()];
  }

  /**
   * @param keys must not be added to any more; copied where a key is added here
   * @param values by the keys' positions; given away
   */
  TableObject(KeyTable keys, RegoValue[] values) {
    this.keys = keys;
    this.sharesKeys = true;
    this.values = values;
    if (keys.depth() > 0) {
      deepen(keys.depth() + 1);
    }
    holdsAll(values, keys.size());
  }

  private TableObject(KeyTable keys, RegoValue[] values, int depth) {
    this.keys = keys;
    this.sharesKeys = true;
    this.values = values;
    deepen(depth);
  }

  @Override
  long weightOfParts() {
    long sum = keys.weight();
    for (int i = 0; i < keys.size(); i++) {
      sum += values[i].weight();
    }
    return sum;
  }

  @Override
  public long keysWeight() {
    return keys.weight();
  }

  @Override
  TableObject copy() {
    sharesKeys = true;
    return new TableObject(keys, values.clone(), depth());
  }

  @Override
  void insert(RegoValue key, RegoValue value) {
    int position = keys.find(key);
    if (position < 0) {
      holds(key);
      position = add(key);
    }
    holds(value);
    values[position] = value;
    hash = 0;
    changed();
  }

  private int add(RegoValue key) {
    int position = keys.size();
    if (sharesKeys && position < SMALL) {
      keys = keys.with(key);
    } else {
      keys = sharesKeys ? new KeyTable(keys, 2) : keys;
      sharesKeys = false;
      keys.add(key);
    }
    if (position >= values.length) {
      values = Arrays.copyOf(values, keys.capacity());
    }
    return position;
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public RegoValue get(RegoValue key) {
    int position = keys.find(key);
    return position < 0 ? null : values[position];
  }

  @Override
  public RegoValue keyAt(int rank) {
    return keys.key(keys.order()[rank]);
  }

  @Override
  public RegoValue valueAt(int rank) {
    return values[keys.order()[rank]];
  }

  @Override
  boolean sameEntries(RegoObject that) {
    for (int i = 0; i < keys.size(); i++) {
      if (!values[i].equals(that.get(keys.key(i)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = keys.hash();
      for (int i = 0; i < keys.size(); i++) {
        h += values[i].hashCode() * (keys.hashAt(i) | 1);
      }
      h = h == 0 ? 1 : h;
      hash = h;
    }
    return h;
  }
}
