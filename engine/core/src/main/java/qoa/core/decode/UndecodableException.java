package qoa.core.decode;

import qoa.core.model.DeadLetter;

/**
 * A message is not a report. It has no stack trace, because it is thrown for every such message.
 */
public final class UndecodableException extends Exception {

  private static final long serialVersionUID = 1;

  private final DeadLetter.Reason reason;

  UndecodableException(DeadLetter.Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** The kind of fault. The message states what is wrong, where, and what was expected. */
  public DeadLetter.Reason reason() {
    return reason;
  }
}
