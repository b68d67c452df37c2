package qoa.rego.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An array; ordered element by element, a prefix before what it begins. */
public final class RegoArray extends RegoComposite implements Iterable<RegoValue> {
  public static final RegoArray EMPTY = new RegoArray(new RegoValue[0], 0);

  private RegoValue[] elements;
  private int size;
  private int hash;

  private RegoArray(RegoValue[] elements, int size) {
    this.elements = elements;
    this.size = size;
  }

  private static RegoArray holding(RegoValue[] elements) {
    RegoArray array = new RegoArray(elements, elements.length);
    array.holdsAll(elements, elements.length);
    return array;
  }

  /** An array of {@code elements}, none of them null. */
  public static RegoArray of(RegoValue... elements) {
    return elements.length == 0 ? EMPTY : holding(elements.clone());
  }

  /** An array of {@code elements}, none of them null, in their order. */
  public static RegoArray copyOf(Collection<? extends RegoValue> elements) {
    RegoValue[] copy = elements.toArray(RegoValue[]::new);
    return copy.length == 0 ? EMPTY : holding(copy);
  }

  static RegoArray withCapacity(int capacity) {
    return new RegoArray(new RegoValue[capacity], 0);
  }

  /** Only while the array is being built: see {@link Accumulators}. */
  void append(RegoValue element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, Math.max(4, size * 2));
    }
    holds(element);
    elements[size++] = element;
    hash = 0;
    changed();
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
    return from >= to ? EMPTY : holding(Arrays.copyOfRange(elements, from, to));
  }

  /** In Rego's order; equal elements all stay. */
  public RegoArray sorted() {
    RegoValue[] copy = Arrays.copyOf(elements, size);
    Arrays.sort(copy);
    return holding(copy);
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
  long weightOfParts() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += elements[i].weight();
    }
    return sum;
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
    if (this == other) {
      return true;
    }
    if (!(other instanceof RegoArray that) || size != that.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!elements[i].equals(that.elements[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 1;
      for (int i = 0; i < size; i++) {
        h = 31 * h + elements[i].hashCode();
      }
      h = h == 0 ? 1 : h;
      hash = h;
    }
    return h;
  }
}
