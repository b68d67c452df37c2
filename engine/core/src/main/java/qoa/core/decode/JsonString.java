package qoa.core.decode;

/** A string in a JSON text, read eight bytes at a time. Reused for each string; not thread-safe. */
final class JsonString {

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long TOPS = EACH << 7;

  /** The index after its opening quote. */
  int start;

  /** The index of its closing quote. */
  int end;

  /** Whether it contains a backslash, so that its bytes are not its text. */
  boolean escaped;

  /** Equal for equal bytes, and rarely equal for others. */
  long hash;

  /**
   * Reads a string.
   *
   * @param text with at least eight zeros after its end
   * @param from the index of its first character
   * @return the index after the closing quote; -1 if it is not a string in UTF-8
   */
  int read(byte[] text, int from) {
    int at = from;
    long mixed = 0;
    long word = PaddedText.eight(text, at);
    long stops = stops(word);
    while (stops == 0) {
      mixed = PaddedText.mix(mixed, word);
      at += 8;
      word = PaddedText.eight(text, at);
      stops = stops(word);
    }
    int bits = Long.numberOfTrailingZeros(stops) & ~7;
    start = from;
    end = at + (bits >>> 3);
    hash = PaddedText.mix(mixed, word & ((1L << bits) - 1));
    escaped = false;
    return text[end] == '"' ? end + 1 : readOn(text);
  }

  /**
   * Sets the top bit of the first byte that is a quote, a backslash, a control character or not
   * ASCII.
   */
  private static long stops(long word) {
    long rare =
        zeros(word ^ ('"' * EACH)) | zeros(word ^ ('\\' * EACH)) | (word - ' ' * EACH) | word;
    return rare & TOPS;
  }

  /** Sets the top bit of the first byte that is zero, and perhaps of bytes after it. */
  private static long zeros(long word) {
    return (word - EACH) & ~word;
  }

  private int readOn(byte[] text) {
    while (text[end] != '"') {
      int size = text[end] == '\\' ? escapeSize(text, end) : Utf8.size(text, end);
      if (size < 0) {
        return -1;
      }
      for (int i = 0; i < size; i++) {
        hash = PaddedText.mix(hash, text[end + i]);
      }
      end += size;
    }
    return end + 1;
  }

  private int escapeSize(byte[] text, int at) {
    escaped = true;
    return switch (text[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> isHex(text, at + 2) ? 6 : -1;
      default -> -1;
    };
  }

  private static boolean isHex(byte[] text, int at) {
    for (int i = at; i < at + 4; i++) {
      if (text[i] < 0 || Character.digit(text[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
