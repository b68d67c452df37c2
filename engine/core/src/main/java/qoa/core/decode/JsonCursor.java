package qoa.core.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import qoa.core.model.DeadLetter.Reason;

/**
 * Walks one JSON text and refuses what cannot be trusted: wrong types, a key twice, and what
 * exceeds {@link qoa.core.model.ReportBounds}. Every reader of a report's part goes through it, so
 * that no part is left unchecked.
 *
 * <p>An object is walked with {@link #enterObject}, then {@link #nextField} until null, each value
 * being consumed by exactly one call of a value method.
 */
interface JsonCursor {

  /** Moves to the next value outside any other; null at the end of the text. */
  JsonToken next() throws IOException, UndecodableException;

  /** The token the cursor stands on. */
  JsonToken token();

  /** Whether the value the cursor stands on is an object; null counts as absent. */
  boolean enterObject(String what) throws UndecodableException;

  /** Whether the value the cursor stands on is an array; null counts as absent. */
  boolean enterArray(String what) throws UndecodableException;

  /** Whether another element of the array follows; the cursor then stands on it. */
  boolean nextElement() throws IOException, UndecodableException;

  /**
   * The next key of the object entered last, the cursor then standing on its value; null at the
   * object's end.
   */
  String nextField() throws IOException, UndecodableException;

  /**
   * The next key as {@link #nextField} gives it, where the key is a name.
   *
   * @param what it is the name of, for the message where it is too long
   */
  String nextName(String what) throws IOException, UndecodableException;

  /** The name the cursor stands on; null for null. A number is taken as its text. */
  String text(String what) throws IOException, UndecodableException;

  /** Whether {@link #text} would give one; asking alone is cheaper than building it. */
  boolean isText(String what) throws IOException, UndecodableException;

  /** The text the cursor stands on; null for anything else, which is skipped. */
  String textOrSkip() throws IOException, UndecodableException;

  /** The number the cursor stands on. */
  double number(String what) throws IOException, UndecodableException;

  /** The number the cursor is known to stand on. */
  double finite() throws IOException, UndecodableException;

  /** Passes over the value the cursor stands on, checking it as it goes. */
  void skip() throws IOException, UndecodableException;

  /** A fault at the place where the cursor stands. */
  UndecodableException fail(Reason reason, String message);
}
