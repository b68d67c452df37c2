package qoa.rego.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A set; iterates in Rego's order, and is ordered by its members in that order. While it has few
 * members they are kept in that order, and found by comparing: most sets are small, and looked at
 * from first to last. A larger set finds them by their hashes, and sorts them when it is asked to.
 */
public final class RegoSet extends RegoComposite implements Iterable<RegoValue> {
  public static final RegoSet EMPTY = new RegoSet(0);

  static final int SMALL = 16;

  /** In Rego's order; null once there are more than {@link #SMALL}. */
  private RegoValue[] sorted;

  private int size;

  /** Null until there are more than {@link #SMALL} members. */
  private KeyTable members;

  private int hash;

  RegoSet(int capacity) {
    sorted = new RegoValue[Math.min(capacity, SMALL)];
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
    int position = find(member);
    if (position >= 0) {
      return;
    }
    holds(member);
    if (size == SMALL && members == null) {
      members = new KeyTable(2 * SMALL);
      for (RegoValue one : sorted) {
        members.add(one);
      }
      sorted = null;
    }
    if (members == null) {
      insert(member, -1 - position);
    } else {
      members.add(member);
    }
    size++;
    hash = 0;
    changed();
  }

  private void insert(RegoValue member, int rank) {
    if (size == sorted.length) {
      sorted = Arrays.copyOf(sorted, Math.min(SMALL, 2 + 2 * size));
    }
    System.arraycopy(sorted, rank, sorted, rank + 1, size - rank);
    sorted[rank] = member;
  }

  /** The member's position, or -1 less the one at which a small set would take it in. */
  private int find(RegoValue member) {
    return members != null ? members.find(member) : Arrays.binarySearch(sorted, 0, size, member);
  }

  public boolean contains(RegoValue member) {
    return find(member) >= 0;
  }

  public int size() {
    return size;
  }

  /** The member that Rego sorts at {@code rank}, from 0 to below {@link #size}. */
  public RegoValue at(int rank) {
    return members == null ? sorted[rank] : members.key(members.order()[rank]);
  }

  @Override
  public Type type() {
    return Type.SET;
  }

  @Override
  public int length() {
    return size;
  }

  @Override
  public RegoValue get(RegoValue key) {
    int position = find(key);
    return position < 0 ? null : memberAt(position);
  }

  private RegoValue memberAt(int position) {
    return members == null ? sorted[position] : members.key(position);
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
        return at(next++);
      }
    };
  }

  @Override
  long weightOfParts() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += memberAt(i).weight();
    }
    return sum;
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
      if (!that.contains(memberAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 0x5e7;
      for (int i = 0; i < size; i++) {
        h += KeyTable.spread(memberAt(i).hashCode());
      }
      h = h == 0 ? 1 : h;
      hash = h;
    }
    return h;
  }
}
