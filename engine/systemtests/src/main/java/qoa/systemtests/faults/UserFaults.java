package qoa.systemtests.faults;

import java.util.concurrent.ExecutionException;
import qoa.systemtests.faults.Contracts.Passing;

/** Injects the faults and changes of authors, clients and operators. Used by one thread. */
final class UserFaults {

  /** Enough to move keys in every possible way. */
  private static final int MOST_GROWTH = 3;

  private final Contracts contracts;
  private final Generator generator;
  private final Broker broker;
  private int grown;
  private int keyedGrown;

  UserFaults(Contracts contracts, Generator generator, Broker broker) {
    this.contracts = contracts;
    this.generator = generator;
    this.broker = broker;
  }

  /**
   * Injects a fault.
   *
   * @return false if nothing more can be injected
   */
  boolean inject(Fault fault) throws Exception {
    switch (fault.kind()) {
      case CLOCK_AHEAD -> generator.setClocksAhead(fault.lasts());
      case CLOCK_JUMPS -> generator.setClocksJumping(fault.lasts());
      case FORGED_HEADERS -> generator.forgeHeaders(fault.lasts());
      case BOUNDS -> generator.exceedBounds();
      case CROWD -> generator.gather();
      case REPORTS_GROW -> {
        return growReports(fault.lasts());
      }
      case KEYED_GROW -> {
        return growKeyed();
      }
      default -> {
        author(fault.kind());
        Thread.sleep(fault.lasts()); // until the engines have noticed
      }
    }
    return true;
  }

  private void author(FaultKind kind) throws Exception {
    switch (kind) {
      case CONTRACT_RELOAD -> contracts.change();
      case SCHEDULE_EDIT -> contracts.reschedule();
      case CONTRACT_ADD -> contracts.renew(Passing.ADDED);
      case HOSTILE_POLICY -> contracts.renew(Passing.HOSTILE);
      case SLOW_POLICY -> contracts.renew(Passing.PONDEROUS);
      default -> throw new IllegalArgumentException(kind + " is not a fault of users");
    }
  }

  private boolean growReports(long millis) throws Exception {
    if (grown >= MOST_GROWTH) {
      return false;
    }
    grown++;
    int partitions = broker.addPartition(FaultRun.REPORTS);
    Thread.sleep(millis);
    generator.grow(partitions);
    return true;
  }

  private boolean growKeyed() throws ExecutionException, InterruptedException {
    if (keyedGrown >= MOST_GROWTH || !broker.hasTopic(FaultRun.KEYED)) {
      return false;
    }
    keyedGrown++;
    broker.addPartition(FaultRun.KEYED);
    return true;
  }
}
