package qoa.engine.evaluate.plan.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A set; iterates in Rego's order, and is ordered by its members in that order. */
public final class RegoSet extends RegoValue implements Iterable<RegoValue> {
  public static final RegoSet EMPTY = new RegoSet(0);

  private final KeyTable members;
  private int hash;

  RegoSet(int capacity) {
    members = new KeyTable(capacity);
  }

  /** A set of {@code members}, none of them null. */
  public static RegoSet copyOf(Collection<? extends RegoValue> members) {
    if (members.isEmpty()) {
      return EMPTY;
    }
    RegoSet set = new RegoSet(members.size());
    members.forEach(set::add);
    return set;
  }

  public static RegoSet of(RegoValue... members) {
    return copyOf(Arrays.asList(members));
  }

  /** Only while the set is being built: see {@link Accumulators}. */
  void add(RegoValue member) {
    if (members.find(member) < 0) {
      members.add(member);
      hash = 0;
    }
  }

  public boolean contains(RegoValue member) {
    return members.find(member) >= 0;
  }

  public int size() {
    return members.size();
  }

  /** The member that Rego sorts at {@code rank}, from 0 to below {@link #size}. */
  public RegoValue at(int rank) {
    return members.key(members.order()[rank]);
  }

  @Override
  public Type type() {
    return Type.SET;
  }

  @Override
  public int length() {
    return members.size();
  }

  @Override
  public RegoValue get(RegoValue key) {
    int position = members.find(key);
    return position < 0 ? null : members.key(position);
  }

  @Override
  public Iterator<RegoValue> iterator() {
    return new Iterator<>() {
      private final int[] order = members.order();
      private int next;

      @Override
      public boolean hasNext() {
        return next < order.length;
      }

      @Override
      public RegoValue next() {
        if (next >= order.length) {
          throw new NoSuchElementException();
        }
        return members.key(order[next++]);
      }
    };
  }

  @Override
  int compareSameType(RegoValue other) {
    RegoSet that = (RegoSet) other;
    int common = Math.min(size(), that.size());
    for (int i = 0; i < common; i++) {
      int order = at(i).compareTo(that.at(i));
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
    if (!(other instanceof RegoSet that)
        || size() != that.size()
        || hashCode() != that.hashCode()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!that.contains(members.key(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = members.hash() ^ 0x5e7;
      hash = h;
    }
    return h;
  }
}
