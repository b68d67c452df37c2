package qoa.rego.builtins;

/** How something is made that later evaluations can use again, such as a compiled pattern. */
public interface Recipe<K, T> {

  /**
   * What making it costs; the same for equal keys. Takes little work itself.
   *
   * @throws BuiltinException where it cannot be made
   */
  Price price(K key);

  /**
   * Makes it, once the price was paid; immutable.
   *
   * @throws BuiltinException where it cannot be made
   */
  T make(K key);
}
