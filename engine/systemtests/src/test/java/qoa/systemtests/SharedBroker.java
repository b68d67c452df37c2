package qoa.systemtests;

import qoa.demo.EmbeddedBroker;

/**
 * One broker for all tests of this JVM that need no settings, restart or default topics of their
 * own. Starting one takes a second or two. Each test names its topics, groups and transactions
 * after itself.
 */
public final class SharedBroker {

  private static final EmbeddedBroker BROKER = start();

  private SharedBroker() {}

  /** The broker, which runs until the JVM ends: nobody closes it. */
  public static EmbeddedBroker get() {
    return BROKER;
  }

  private static EmbeddedBroker start() {
    EmbeddedBroker broker = EmbeddedBroker.start();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stops-shared-broker"));
    return broker;
  }
}
