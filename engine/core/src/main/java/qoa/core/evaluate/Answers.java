package qoa.core.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * Reads the values that policies answer with. Stateless, for any number of threads.
 *
 * @param <V> what an evaluator has values in; never Java's null
 */
public interface Answers<V> {

  /** The keys of a member that verdicts are made of. */
  enum Key {
    STAKEHOLDER,
    CONSUMERS,
    CONSTRAINT,
    STAGE,
    INSTANCE,
    METRIC,
    AGGREGATE,
    OBSERVED,
    EXPECTED,
    SEVERITY,
    MESSAGE;

    private final String label = name().toLowerCase(Locale.ROOT).intern();

    /** As it stands in members. */
    public String label() {
      return label;
    }

    /** Where its value stands in what {@link Answers#values} gives. */
    @SuppressWarnings("EnumOrdinal") // no place outlives the process
    int place() {
      return ordinal();
    }
  }

  /** Takes from the evaluation's budget, if there is one, what reading a member costs. */
  default void pay(V member) {}

  /** The elements of an array, or the members of a set in Rego's order; null for other values. */
  Iterable<V> elements(V value);

  /** Whether {@link #values} may be asked. */
  boolean isObject(V value);

  /**
   * An object's values of all keys, in the order of the keys; null where one is absent, or Rego's
   * null. The caller's own.
   */
  V[] values(V object);

  /** The text of a string; null for other values. */
  String text(V value);

  /**
   * The value as JSON, which must not be changed. Of a value that is far larger than a verdict may
   * have, only the beginning.
   */
  JsonNode json(V value);
}
