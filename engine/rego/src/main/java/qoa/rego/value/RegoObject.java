package qoa.rego.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An object, with keys of any type; iterates in Rego's order of its keys. */
public abstract sealed class RegoObject extends RegoComposite implements Iterable<RegoObject.Entry>
    permits TableObject, ViewObject {
  /** What {@link JsonValues#sharedJson} made. */
  volatile JsonNode json;

  /** A key, and what it refers to; neither is null. */
  public record Entry(RegoValue key, RegoValue value) {}

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

  /** The object without entries. */
  public static RegoObject empty() {
    return TableObject.EMPTY;
  }

  public static Builder builder() {
    return new Builder(new TableObject(4));
  }

  /** A builder that starts from this object's entries; this object does not change. */
  public Builder toBuilder() {
    return new Builder(copy());
  }

  /** One that may be inserted into; this object does not change. */
  abstract RegoObject copy();

  /** Only while the object is being built: see {@link Accumulators}. */
  abstract void insert(RegoValue key, RegoValue value);

  /** The sum of the weights of its keys. */
  public abstract long keysWeight();

  @Override
  public final Type type() {
    return Type.OBJECT;
  }

  @Override
  public final int length() {
    return size();
  }

  public abstract int size();

  @Override
  public abstract RegoValue get(RegoValue key);

  /** The key that Rego sorts at {@code rank}, from 0 to below {@link #size}. */
  public abstract RegoValue keyAt(int rank);

  /** The value of {@link #keyAt}. */
  public abstract RegoValue valueAt(int rank);

  /** Whether an object of the same size has all these entries. */
  abstract boolean sameEntries(RegoObject that);

  @Override
  public final Iterator<Entry> iterator() {
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
  final int compareSameType(RegoValue other) {
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
  public final boolean equals(Object other) {
    return this == other
        || (other instanceof RegoObject that
            && size() == that.size()
            && hashCode() == that.hashCode()
            && sameEntries(that));
  }

  @Override
  public abstract int hashCode();
}
