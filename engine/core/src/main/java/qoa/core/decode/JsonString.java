package qoa.core.decode;

/**
 * A string in a JSON text, looked through eight bytes at a time. Reused from string to string; not
 * safe for several threads.
 */
final class JsonString {

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long TOPS = EACH << 7;

  /** Where the string begins, behind its quote. */
  int start;

  /** Where it ends, at its quote. */
  int end;

  /** Whether it holds a backslash, so that its bytes are not what it says. */
  boolean escaped;

  /** Equal for equal bytes; hardly ever for others. */
  long hash;

  /**
   * Reads a string.
   *
   * @param text with at least eight zeros behind its end
   * @param from where its first character is
   * @return where the text goes on behind the string; -1 where it is not a string in UTF-8
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

  /** The top bit of the first byte that is a quote, a backslash, a control or not ASCII. */
  private static long stops(long word) {
    long rare =
        zeros(word ^ ('"' * EACH)) | zeros(word ^ ('\\' * EACH)) | (word - ' ' * EACH) | word;
    return rare & TOPS;
  }

  /** Sets the top bit of the first byte that is zero, and perhaps of bytes behind it. */
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
