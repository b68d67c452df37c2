package qoa.systemtests.faults;

/** The kinds of faults, in the environment of an engine and by its users. */
enum FaultKind {
  ENGINE_KILL("engine: kill -9, started again", 0, 2_000),
  ENGINE_TERM("engine: SIGTERM, started again", 0, 2_000),
  /** Longer than the session timeout: a zombie, whose partitions may be reassigned meanwhile. */
  ENGINE_STOP("engine: SIGSTOP for longer than its session", 7_500, 9_500),
  /** Longer than the session timeout, so that other engines take over. */
  ENGINE_LEAVES("engine: away for longer than its session", 7_500, 9_500),
  BROKER_TERM("broker: SIGTERM, started again", 500, 3_000),
  BROKER_KILL("broker: kill -9, started again", 500, 3_000),
  NETWORK_CUT("network: cut between engine and broker", 1_000, 9_000),
  OPA_KILL("OPA: kill -9", 0, 1_000),
  OPA_ERROR("OPA: answers 500", 1_000, 5_000),
  OPA_HANG("OPA: hangs", 1_000, 5_000),
  /** Longer than the session timeout: time jumps for the processes. */
  PAUSE_ALL("machine: everything but the clients stands still", 7_500, 12_000),
  /** While no engine runs, so that no version judges after the next one has judged. */
  CONTRACT_CHANGE("contract: changed, all engines started again", 0, 1_000),
  CONTRACT_RELOAD("contract: changed while engines run", 3_000, 4_000),
  /** Changes a contract that has open windows. */
  SCHEDULE_EDIT("authors: another window size while engines run", 3_000, 4_000),
  CONTRACT_ADD("authors: a new contract, and the one before removed", 3_000, 4_000),
  HOSTILE_POLICY("authors: a hostile policy, and the one before removed", 3_000, 4_000),
  SLOW_POLICY("authors: a slow policy, and the one before removed", 3_000, 4_000),
  /** Continues while other faults are injected. */
  CLOCK_AHEAD("clients: a clock is ahead", 10_000, 40_000),
  CLOCK_JUMPS("clients: a clock jumps ahead and back", 10_000, 40_000),
  FORGED_HEADERS("clients: forged headers", 5_000, 15_000),
  BOUNDS("clients: reports beyond each bound", 0, 1_000),
  CROWD("clients: a crowd of applications in one window", 0, 1_000),
  /** Clients use the new partition afterwards. */
  REPORTS_GROW("topics: one more partition of reports", 6_000, 8_000),
  KEYED_GROW("topics: one more partition of re-keyed reports", 0, 1_000);

  /** The session timeout of the engines' consumers. */
  static final int SESSION_TIMEOUT_MILLIS = 6_000;

  private final String title;
  private final int shortest;
  private final int longest;

  /**
   * @param shortest its shortest duration, in milliseconds
   * @param longest its longest duration, in milliseconds
   */
  FaultKind(String title, int shortest, int longest) {
    this.title = title;
    this.shortest = shortest;
    this.longest = longest;
  }

  String title() {
    return title;
  }

  int shortest() {
    return shortest;
  }

  int longest() {
    return longest;
  }
}
