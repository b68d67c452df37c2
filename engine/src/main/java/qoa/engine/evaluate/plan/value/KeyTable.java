package qoa.engine.evaluate.plan.value;

import java.util.Arrays;

/**
 * Distinct keys in the order of their insertion, with fast lookup by key and, on demand, Rego's
 * order. Up to {@value #LINEAR} keys are searched one by one, which is faster than hashing for the
 * few fields that most objects have.
 *
 * <p>Filled by one thread; once it is no longer added to, any number of threads may read.
 */
final class KeyTable {
  private static final int LINEAR = 8;

  private RegoValue[] keys;
  private int size;

  /** Open addressing: 0, or 1 + the position of a key; null while the keys are few. */
  private int[] slots;

  /** The positions in Rego's order of the keys. Volatile: readers share it, whoever made it. */
  private volatile int[] order;

  KeyTable(int capacity) {
    keys = new RegoValue[Math.max(capacity, 2)];
  }

  KeyTable(KeyTable other, int room) {
    keys = Arrays.copyOf(other.keys, Math.max(other.size + room, 2));
    size = other.size;
    slots = other.slots == null ? null : other.slots.clone();
    order = other.order;
  }

  int size() {
    return size;
  }

  int capacity() {
    return keys.length;
  }

  RegoValue key(int position) {
    return keys[position];
  }

  /** The position of {@code key}, or -1. */
  int find(RegoValue key) {
    return slots == null ? findLinear(key) : slots[slotOf(key)] - 1;
  }

  /** Most lookups are for the very string of the plan that built the object. */
  @SuppressWarnings("ReferenceEquality")
  private int findLinear(RegoValue key) {
    RegoValue[] all = keys;
    int n = size;
    for (int i = 0; i < n; i++) {
      if (all[i] == key) {
        return i;
      }
    }
    int hash = key.hashCode();
    for (int i = 0; i < n; i++) {
      if (all[i].hashCode() == hash && all[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** The slot that holds {@code key}, or the free one where it belongs. */
  @SuppressWarnings("ReferenceEquality")
  private int slotOf(RegoValue key) {
    int hash = key.hashCode();
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] != 0) {
      RegoValue found = keys[slots[slot] - 1];
      if (found == key || (found.hashCode() == hash && found.equals(key))) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 16);
  }

  /** Adds a key that {@link #find} did not find, and gives its position. */
  int add(RegoValue key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size] = key;
    if (order != null) {
      order = null;
    }
    if (slots != null && (size + 1) * 2 <= slots.length) {
      slots[slotOf(key)] = ++size;
    } else if (++size > LINEAR) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[Integer.highestOneBit(Math.max(size, keys.length)) * 4];
    for (int i = 0; i < size; i++) {
      slots[slotOf(keys[i])] = i + 1;
    }
  }

  /** The position of the key that Rego sorts at {@code rank}. */
  int[] order() {
    int[] known = order;
    if (known == null) {
      known = sort();
      order = known;
    }
    return known;
  }

  private int[] sort() {
    int[] result = new int[size];
    boolean sorted = true;
    for (int i = 0; i < size; i++) {
      result[i] = i;
      sorted &= i == 0 || keys[i - 1].compareTo(keys[i]) < 0;
    }
    if (sorted) {
      return result;
    }
    Integer[] boxed = new Integer[size];
    Arrays.setAll(boxed, i -> i);
    Arrays.sort(boxed, (a, b) -> keys[a].compareTo(keys[b]));
    Arrays.setAll(result, i -> boxed[i]);
    return result;
  }

  /** The same for the same keys, in whatever order they came. */
  int hash() {
    int sum = size;
    for (int i = 0; i < size; i++) {
      sum += spread(keys[i].hashCode());
    }
    return sum;
  }
}
