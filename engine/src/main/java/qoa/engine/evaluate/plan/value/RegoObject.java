package qoa.engine.evaluate.plan.value;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An object, with keys of any type; iterates in Rego's order of its keys. */
public final class RegoObject extends RegoValue implements Iterable<RegoObject.Entry> {
  public static final RegoObject EMPTY = new RegoObject(0);

  private final KeyTable keys;
  private RegoValue[] values;
  private int hash;

  /** A key, and what it refers to; neither is null. */
  public record Entry(RegoValue key, RegoValue value) {}

  RegoObject(int capacity) {
    keys = new KeyTable(capacity);
    values = new RegoValue[keys.capacity()];
  }

  private RegoObject(RegoObject other, int room) {
    keys = new KeyTable(other.keys, room);
    values = Arrays.copyOf(other.values, keys.capacity());
  }

  /** Collects the entries of an object. A later value replaces an earlier one. */
  public static final class Builder {
    private RegoObject object;

    private Builder(RegoObject object) {
      this.object = object;
    }

    /** Neither argument may be null. */
    public Builder put(RegoValue key, RegoValue value) {
      object.insert(key, value);
      return this;
    }

    public Builder put(String key, RegoValue value) {
      return put(RegoString.of(key), value);
    }

    /** Ends the builder's use: it cannot change what it has given out. */
    public RegoObject build() {
      RegoObject result = object;
      object = null;
      return result;
    }
  }

  public static Builder builder() {
    return new Builder(new RegoObject(4));
  }

  /** A builder that starts from this object's entries; this object does not change. */
  public Builder toBuilder() {
    return new Builder(copy());
  }

  RegoObject copy() {
    return new RegoObject(this, 1);
  }

  /** Only while the object is being built: see {@link Accumulators}. */
  void insert(RegoValue key, RegoValue value) {
    int position = keys.find(key);
    if (position < 0) {
      position = keys.add(key);
      if (keys.capacity() > values.length) {
        values = Arrays.copyOf(values, keys.capacity());
      }
    }
    values[position] = value;
    hash = 0;
  }

  @Override
  public Type type() {
    return Type.OBJECT;
  }

  @Override
  public int length() {
    return keys.size();
  }

  public int size() {
    return keys.size();
  }

  @Override
  public RegoValue get(RegoValue key) {
    int position = keys.find(key);
    return position < 0 ? null : values[position];
  }

  /** The key that Rego sorts at {@code rank}, from 0 to below {@link #size}. */
  public RegoValue keyAt(int rank) {
    return keys.key(keys.order()[rank]);
  }

  /** The value of {@link #keyAt}. */
  public RegoValue valueAt(int rank) {
    return values[keys.order()[rank]];
  }

  @Override
  public Iterator<Entry> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public Entry next() {
        if (next >= size()) {
          throw new NoSuchElementException();
        }
        int rank = next++;
        return new Entry(keyAt(rank), valueAt(rank));
      }
    };
  }

  @Override
  int compareSameType(RegoValue other) {
    RegoObject that = (RegoObject) other;
    int common = Math.min(size(), that.size());
    for (int i = 0; i < common; i++) {
      int order = keyAt(i).compareTo(that.keyAt(i));
      if (order == 0) {
        order = valueAt(i).compareTo(that.valueAt(i));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(size(), that.size());
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof RegoObject that)
        || size() != that.size()
        || hashCode() != that.hashCode()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
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
      for (int i = 0; i < size(); i++) {
        h += values[i].hashCode() * (keys.hashAt(i) | 1);
      }
      hash = h;
    }
    return h;
  }
}
