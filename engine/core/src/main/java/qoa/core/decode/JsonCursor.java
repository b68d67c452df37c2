package qoa.core.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import qoa.core.model.DeadLetter.Reason;

/**
 * Walks through one JSON text and rejects wrong types, duplicate keys, and everything that exceeds
 * {@link qoa.core.model.ReportBounds}. All parts of a report are read through it, so that every
 * part is checked.
 *
 * <p>To read an object, call {@link #enterObject}, then {@link #nextField} until it returns null.
 * Consume each value with exactly one call of a value method. Implementations are not thread-safe.
 */
interface JsonCursor {

  /** Moves to the next top-level value; null at the end of the text. */
  JsonToken next() throws IOException, UndecodableException;

  /** The current token. */
  JsonToken token();

  /** Enters the current value if it is an object; false if it is null, which counts as absent. */
  boolean enterObject(String what) throws UndecodableException;

  /** Enters the current value if it is an array; false if it is null, which counts as absent. */
  boolean enterArray(String what) throws UndecodableException;

  /** Moves to the next element of the array; false at its end. */
  boolean nextElement() throws IOException, UndecodableException;

  /** Moves to the next value of the object and returns its key; null at the end of the object. */
  String nextField() throws IOException, UndecodableException;

  /**
   * Like {@link #nextField}, for a key that is a name.
   *
   * @param what the subject of the message if the name is too long
   */
  String nextName(String what) throws IOException, UndecodableException;

  /** The current value as a name; null for null. A number counts as its text. */
  String text(String what) throws IOException, UndecodableException;

  /** Whether {@link #text} would return a name. This is cheaper, because it creates no string. */
  boolean isText(String what) throws IOException, UndecodableException;

  /** The current value if it is a string; otherwise skips it and returns null. */
  String textOrSkip() throws IOException, UndecodableException;

  /** The current value, which must be a number. */
  double number(String what) throws IOException, UndecodableException;

  /** The current value if the caller knows that it is a number. */
  double finite() throws IOException, UndecodableException;

  /** Skips the current value, and checks it. */
  void skip() throws IOException, UndecodableException;

  /** A fault at the current place. */
  UndecodableException fail(Reason reason, String message);
}
