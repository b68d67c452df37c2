package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * The header of a contract, and the document that its policy sees.
 *
 * @param id unique among all contracts; the document is {@code data.contracts[id]}
 * @param version the version that the author gave it; never null
 * @param application the application whose reports it judges; {@code *} means every report
 * @param policy the Rego package that judges it, such as {@code qoa.contract}
 * @param schedule when it is evaluated
 * @param stakeholders in the order of the document; may be empty
 * @param document the content of the file, as written
 * @param file the file that it was read from
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
   * A provider, consumer or infrastructure owner.
   *
   * @param id unique in the contract
   * @param roles such as {@code ml_provider}, in the order of the contract; may be empty
   */
  public record Stakeholder(String id, Set<String> roles) {}

  /** Whether this contract judges reports of the application. */
  public boolean matches(String application) {
    return this.application.equals(ANY_APPLICATION) || this.application.equals(application);
  }

  /**
   * This contract with another schedule, for example an earlier one that still continues.
   *
   * @param windows the schedule without damping; the damping of this contract applies
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

  /** The roles of a stakeholder; empty if the contract does not list it. */
  public Set<String> rolesOf(String stakeholder) {
    for (Stakeholder known : stakeholders) {
      if (known.id().equals(stakeholder)) {
        return known.roles();
      }
    }
    return Set.of();
  }
}
