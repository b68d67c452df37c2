package qoa.core.decode;

/** Well-formed UTF-8 (The Unicode Standard, table 3-7): no overlong forms and no surrogates. */
final class Utf8 {

  /** The top bits of eight bytes, which are 0 in ASCII. */
  private static final long TOPS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Whether a text is ASCII only. Examines 32 bytes at a time. */
  static boolean isAscii(byte[] text) {
    int at = 0;
    for (; at <= text.length - 32; at += 32) {
      long some =
          PaddedText.eight(text, at)
              | PaddedText.eight(text, at + 8)
              | PaddedText.eight(text, at + 16)
              | PaddedText.eight(text, at + 24);
      if ((some & TOPS) != 0) {
        return false;
      }
    }
    int rest = 0;
    for (; at < text.length; at++) {
      rest |= text[at];
    }
    return rest >= 0;
  }

  /**
   * The index at which a text is not UTF-8; -1 if it is UTF-8.
   *
   * @param text with at least eight zeros after its end
   */
  static int faultIn(byte[] text, int length) {
    int at = 0;
    while (at < length) {
      if ((PaddedText.eight(text, at) & TOPS) == 0) {
        at += 8;
      } else {
        int size = text[at] >= 0 ? 1 : size(text, at);
        if (size < 0) {
          return at;
        }
        at += size;
      }
    }
    return -1;
  }

  /**
   * The number of bytes of the character at an index; -1 if it is not one, or a control character.
   */
  static int size(byte[] text, int at) {
    int first = text[at] & 0xff;
    if (first < 0x20) {
      return -1;
    } else if (first < 0x80) {
      return 1;
    } else if (first < 0xe0) {
      return first >= 0xc2 && follows(text[at + 1]) ? 2 : -1;
    } else if (first < 0xf0) {
      return isOfThree(first, text[at + 1] & 0xff) && follows(text[at + 2]) ? 3 : -1;
    }
    return isOfFour(first, text[at + 1] & 0xff) && follows(text[at + 2]) && follows(text[at + 3])
        ? 4
        : -1;
  }

  private static boolean isOfThree(int first, int second) {
    int least = first == 0xe0 ? 0xa0 : 0x80;
    int most = first == 0xed ? 0x9f : 0xbf;
    return second >= least && second <= most;
  }

  private static boolean isOfFour(int first, int second) {
    int least = first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xf4 ? 0x8f : 0xbf;
    return first <= 0xf4 && second >= least && second <= most;
  }

  private static boolean follows(byte next) {
    return (next & 0xc0) == 0x80;
  }
}
