package qoa.core.documents;

/**
 * A mistake in a file that a user wrote: a contract, a policy, the configuration.
 *
 * @param file the path as the user wrote it
 * @param line counted from 1; 0 if unknown
 * @param column counted from 1; 0 if unknown or not needed
 * @param pointer the JSON Pointer (RFC 6901) of the value in the file; null if there is none
 * @param message what is wrong, and what was expected or what to do
 */
public record Problem(String file, int line, int column, String pointer, String message) {

  /** A problem without a column. */
  public Problem(String file, int line, String pointer, String message) {
    this(file, line, 0, pointer, message);
  }

  /** One line: {@code file:line:column: /pointer: message}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
      if (column > 0) {
        text.append(':').append(column);
      }
    }
    text.append(": ");
    if (pointer != null && !pointer.isEmpty()) {
      text.append(pointer).append(": ");
    }
    return text.append(message).toString();
  }
}
