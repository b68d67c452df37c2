package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * A contract's header, and the whole document that its policy sees.
 *
 * @param id unique among all contracts; the document is {@code data.contracts[id]}
 * @param version the author's; never null
 * @param application the application whose reports it judges; {@code *} means every report
 * @param policy the Rego package that judges it, such as {@code qoa.contract}
 * @param schedule when it is evaluated
 * @param stakeholders its parties; may be empty
 * @param document the file's content, untouched
 * @param file where it was read from
 */
public record Contract(
    String id,
    String version,
    String application,
    String policy,
    Schedule schedule,
    List<Stakeholder> stakeholders,
    JsonNode document,
    String file) {

  /** Matches every application. */
  public static final String ANY_APPLICATION = "*";

  /**
   * A party of a contract.
   *
   * @param id unique in the contract
   * @param roles such as {@code ml_provider}, in the contract's order; may be empty
   */
  public record Stakeholder(String id, Set<String> roles) {}

  /** Whether reports of this application are judged by this contract. */
  public boolean matches(String application) {
    return this.application.equals(ANY_APPLICATION) || this.application.equals(application);
  }

  /**
   * The same contract as it judges under another schedule, say an earlier one that still goes on.
   *
   * @param windows when it judges, without damping; this contract's damping holds
   */
  public Contract judging(Schedule windows) {
    if (windows == null || windows.equals(schedule) || windows.equals(undamped())) {
      return this;
    }
    Schedule damped =
        windows instanceof Schedule.Tumbling other && schedule instanceof Schedule.Tumbling own
            ? new Schedule.Tumbling(other.size(), other.grace(), own.damping())
            : windows;
    return new Contract(id, version, application, policy, damped, stakeholders, document, file);
  }

  private Schedule undamped() {
    return schedule instanceof Schedule.Tumbling windows ? windows.windows() : schedule;
  }

  /** The roles of a stakeholder; empty where the contract does not know it. */
  public Set<String> rolesOf(String stakeholder) {
    for (Stakeholder known : stakeholders) {
      if (known.id().equals(stakeholder)) {
        return known.roles();
      }
    }
    return Set.of();
  }
}
