package qoa.core.decode;

/** Reads what stands in a slot of a {@link Layout}. Not safe for several threads. */
final class Slot {

  private final JsonString string = new JsonString();
  private final JsonNumber number = new JsonNumber();

  /** The number read last, where it was to be read. */
  double value;

  /**
   * Reads what must be of a kind.
   *
   * @return where the text goes on; -1 where it is something else, or a number that no double holds
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
