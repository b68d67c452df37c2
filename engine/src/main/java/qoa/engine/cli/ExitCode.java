package qoa.engine.cli;

import qoa.engine.emit.Summary;

/** Exit codes of the commands (DESIGN section 10). */
final class ExitCode {

  static final int OK = 0;
  static final int COULD_NOT_RUN = 1;
  static final int UNDETERMINED = 2;
  static final int VIOLATED = 3;

  private ExitCode() {}

  /** What a run came to: the worst verdict. What could not be judged is never met. */
  static int of(Summary summary) {
    if (summary.violated() > 0) {
      return VIOLATED;
    }
    boolean sure = summary.undetermined() == 0 && summary.failed() == 0;
    return sure && summary.met() > 0 ? OK : UNDETERMINED;
  }
}
