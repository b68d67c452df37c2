package qoa.engine.kafka;

/** Kafka could not do what was asked. The message is for operators: what, why, what to do. */
public final class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what could not be done, and what to do about it
   * @param cause what Kafka's client said
   */
  public BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
