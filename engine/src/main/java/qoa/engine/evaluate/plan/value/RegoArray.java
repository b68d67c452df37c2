package qoa.engine.evaluate.plan.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An array; ordered element by element, a prefix before what it begins. */
public final class RegoArray extends RegoValue implements Iterable<RegoValue> {
  public static final RegoArray EMPTY = new RegoArray(new RegoValue[0], 0);

  private RegoValue[] elements;
  private int size;
  private int hash;

  private RegoArray(RegoValue[] elements, int size) {
    this.elements = elements;
    this.size = size;
  }

  /** An array of {@code elements}, none of them null. */
  public static RegoArray of(RegoValue... elements) {
    return elements.length == 0 ? EMPTY : new RegoArray(elements.clone(), elements.length);
  }

  /** An array of {@code elements}, none of them null, in their order. */
  public static RegoArray copyOf(Collection<? extends RegoValue> elements) {
    RegoValue[] copy = elements.toArray(RegoValue[]::new);
    return copy.length == 0 ? EMPTY : new RegoArray(copy, copy.length);
  }

  static RegoArray withCapacity(int capacity) {
    return new RegoArray(new RegoValue[capacity], 0);
  }

  /** Only while the array is being built: see {@link Accumulators}. */
  void append(RegoValue element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, Math.max(4, size * 2));
    }
    elements[size++] = element;
    hash = 0;
  }

  /** The element at {@code index}, from 0 to below {@link #size}. */
  public RegoValue get(int index) {
    return elements[index];
  }

  public int size() {
    return size;
  }

  @Override
  public Type type() {
    return Type.ARRAY;
  }

  @Override
  public int length() {
    return size;
  }

  @Override
  public RegoValue get(RegoValue key) {
    if (key instanceof IntegerNumber number) {
      long index = number.longValue();
      return index >= 0 && index < size ? elements[(int) index] : null;
    }
    return null;
  }

  /** A copy of the elements from {@code from} to before {@code to}. */
  public RegoArray slice(int from, int to) {
    return from >= to ? EMPTY : new RegoArray(Arrays.copyOfRange(elements, from, to), to - from);
  }

  /** In Rego's order; equal elements all stay. */
  public RegoArray sorted() {
    RegoValue[] copy = Arrays.copyOf(elements, size);
    Arrays.sort(copy);
    return new RegoArray(copy, size);
  }

  @Override
  public Iterator<RegoValue> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public RegoValue next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        return elements[next++];
      }
    };
  }

  @Override
  int compareSameType(RegoValue other) {
    RegoArray that = (RegoArray) other;
    int common = Math.min(size, that.size);
    for (int i = 0; i < common; i++) {
      int order = elements[i].compareTo(that.elements[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(size, that.size);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof RegoArray that
            && Arrays.equals(elements, 0, size, that.elements, 0, that.size));
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 1;
      for (int i = 0; i < size; i++) {
        h = 31 * h + elements[i].hashCode();
      }
      hash = h;
    }
    return h;
  }
}
