package qoa.core.model;

import java.util.ArrayList;
import java.util.List;

/** The length of texts as JSON, and texts that are cut to one. Plain functions. */
public final class Texts {

  /** Stands where something was left out. */
  public static final String CUT = "… (cut)";

  private static final int CUT_BYTES = 9;

  /** And the comma. */
  private static final int QUOTES = 3;

  private Texts() {}

  /** How many bytes a text takes as JSON in UTF-8, without its quotes. */
  public static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += bytes(text.charAt(i));
    }
    return bytes;
  }

  /** Of half a surrogate pair, two: both halves take four. */
  private static int bytes(char c) {
    if (c < ' ') {
      return c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f' ? 2 : 6;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  /**
   * Texts that take at most so many bytes together, or the first of them with a mark at the end.
   */
  public static List<String> cut(Iterable<String> texts, int bytes) {
    List<String> fitting = new ArrayList<>();
    int left = bytes - CUT_BYTES;
    for (String text : texts) {
      left -= QUOTES + bytes(text);
      if (left < 0) {
        fitting.add(CUT);
        break;
      }
      fitting.add(text);
    }
    return fitting;
  }

  /**
   * A text that takes at most so many bytes as JSON in UTF-8: the same, or its beginning with
   * {@value #CUT} at the end.
   *
   * @param text null for null
   * @param bytes room for that end is taken for granted
   */
  public static String cut(String text, int bytes) {
    if (text == null || text.length() <= bytes / 6) {
      return text;
    }
    int used = 0;
    int end = 0; // of what leaves room for the mark
    for (int i = 0; i < text.length(); i++) {
      used += bytes(text.charAt(i));
      if (used > bytes) {
        boolean halves = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, halves ? end - 1 : end) + CUT;
      }
      if (used <= bytes - CUT_BYTES) {
        end = i + 1;
      }
    }
    return text;
  }
}
