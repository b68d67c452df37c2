package qoa.core.model;

/** The kinds of report that QoA4ML clients and probes send; a report's shape tells its kind. */
public enum ReportKind {
  ML("ml"),
  ROHE("rohe"),
  GENERAL("general"),
  SYSTEM("system"),
  PROCESS("process"),
  CONTAINER("container"),
  CLIENT_2022("client_2022"),
  CLIENT_2023("client_2023"),
  /** An object of the client author's own, under {@code report}. */
  USER_DEFINED("user_defined"),
  /** Not a report: what could not be decoded has no kind. */
  UNKNOWN("unknown");

  private final String label;

  ReportKind(String label) {
    this.label = label;
  }

  /** The name as it stands in metrics, such as {@code ml}. */
  public String label() {
    return label;
  }
}
