package qoa.rego.value;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Distinct keys in the order of their insertion, with fast lookup by key and, on demand, Rego's
 * order. Up to {@value #LINEAR} keys are searched one by one, which is faster than hashing for the
 * few fields that most objects have. Where many keys collide, which happens only to keys chosen for
 * it, they are compared instead: a lookup then takes the logarithm of their number.
 *
 * <p>One thread fills it. After the last key was added, any number of threads may read.
 */
final class KeyTable {
  private static final int LINEAR = 8;

  /** So many taken slots in a row happen only to keys chosen for it. */
  private static final int COLLISIONS = 256;

  private RegoValue[] keys;

  /** The keys' hashes, so that most lookups look at one key only. */
  private int[] hashes;

  private int size;

  /** Open addressing: 0, or 1 + the position of a key; null while the keys are few. */
  private int[] slots;

  /** The positions of keys that collide, instead of slots; else null. */
  private TreeMap<RegoValue, Integer> tree;

  /** The positions in Rego's order of the keys. Volatile: all readers share it. */
  private volatile int[] order;

  /** How deep the keys are nested; 0 where none is a composite. */
  private int depth;

  /** The sum of the keys' weights; 0 where it is not known. */
  private long weight;

  /** What {@link #with} made last. */
  private volatile KeyTable extension;

  KeyTable(int capacity) {
    keys = new RegoValue[Math.max(capacity, 2)];
    hashes = new int[keys.length];
  }

  KeyTable(KeyTable other, int room) {
    keys = Arrays.copyOf(other.keys, Math.max(other.size + room, 2));
    hashes = Arrays.copyOf(other.hashes, keys.length);
    size = other.size;
    slots = other.slots == null ? null : other.slots.clone();
    tree = other.tree == null ? null : new TreeMap<>(other.tree);
    order = other.order;
    depth = other.depth;
  }

  /**
   * A table that has one key more, at the end; this table must not change any more. The same one
   * for the same key: objects that are made alike share their keys, and their order.
   *
   * @param key one that {@link #find} did not find
   */
  KeyTable with(RegoValue key) {
    KeyTable known = extension;
    if (known != null && same(known.keys[size], key)) {
      return known;
    }
    KeyTable made = new KeyTable(this, 1);
    made.add(key);
    extension = made;
    return made;
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
    if (slots != null) {
      return findSlot(key, key.hashCode());
    }
    return tree == null ? findLinear(key, key.hashCode()) : tree.getOrDefault(key, -1);
  }

  private int findLinear(RegoValue key, int hash) {
    int[] all = hashes;
    int n = size;
    for (int i = 0; i < n; i++) {
      if (all[i] == hash && same(keys[i], key)) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(RegoValue a, RegoValue b) {
    return a == b || a.equals(b);
  }

  private int findSlot(RegoValue key, int hash) {
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] != 0) {
      int position = slots[slot] - 1;
      if (hashes[position] == hash && same(keys[position], key)) {
        return position;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Gives a key its slot; false where too many that are taken lie before it. */
  private boolean place(int position) {
    int mask = slots.length - 1;
    int slot = spread(hashes[position]) & mask;
    int taken = 0;
    while (slots[slot] != 0) {
      if (++taken > COLLISIONS) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = position + 1;
    return true;
  }

  int depth() {
    return depth;
  }

  long weight() {
    long known = weight;
    if (known == 0) {
      for (int i = 0; i < size; i++) {
        known += keys[i].weight();
      }
      weight = known;
    }
    return known;
  }

  static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 16);
  }

  /** Adds a key that {@link #find} did not find, and gives its position. */
  int add(RegoValue key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    if (key instanceof RegoComposite composite) {
      depth = Math.max(depth, composite.depth());
    }
    weight = 0;
    int position = size++;
    keys[position] = key;
    hashes[position] = key.hashCode();
    if (order != null) {
      order = null;
    }
    if (tree != null) {
      tree.put(key, position);
    } else if (slots != null && size * 2 <= slots.length) {
      if (!place(position)) {
        compare();
      }
    } else if (size > LINEAR) {
      rehash();
    }
    return position;
  }

  private void rehash() {
    slots = new int[Integer.highestOneBit(Math.max(size, keys.length)) * 4];
    for (int i = 0; i < size; i++) {
      if (!place(i)) {
        compare();
        return;
      }
    }
  }

  /** From now on keys are found by comparing them. */
  private void compare() {
    slots = null;
    tree = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      tree.put(keys[i], i);
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

  int hashAt(int position) {
    return hashes[position];
  }

  /** The same for the same keys, in any order. */
  int hash() {
    int sum = size;
    for (int i = 0; i < size; i++) {
      sum += spread(hashes[i]);
    }
    return sum;
  }
}
