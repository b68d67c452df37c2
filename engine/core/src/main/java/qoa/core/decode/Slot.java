package qoa.core.decode;

/** Reads the values in the slots of a {@link Layout}. Not thread-safe. */
final class Slot {

  private final JsonString string = new JsonString();
  private final JsonNumber number = new JsonNumber();

  /** The last number; undefined after a string or an unread number. */
  double value;

  /**
   * Reads a value of a kind.
   *
   * @return the index after the value; -1 if it is not of this kind, or a number that a double
   *     cannot hold
   */
  int read(byte kind, byte[] text, int at) {
    if (kind == Slots.STRING) {
      return string.read(text, at);
    }
    if (!number.read(text, at)) {
      return -1;
    }
    if (kind == Slots.UNREAD_NUMBER && number.isModest()) {
      return number.end;
    }
    value = number.value(text);
    return number.isHeld(value) ? number.end : -1;
  }
}
