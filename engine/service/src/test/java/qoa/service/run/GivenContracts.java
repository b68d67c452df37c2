package qoa.service.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.contracts.Schedule.Damping;
import qoa.core.evaluate.Revision;
import qoa.core.policies.PolicySet;

/** Contracts about the applications {@code a}, {@code b} and {@code c}, and reports of these. */
final class GivenContracts {

  static final List<String> APPLICATIONS = List.of("a", "b", "c");
  static final Schedule TEN_SECONDS = new Schedule.Tumbling(10_000, 2_000);
  static final Schedule SEVEN_SECONDS = new Schedule.Tumbling(7_000, 4_000);

  private GivenContracts() {}

  /** Windows of two schedules, one damped, one for all applications; single reports of one. */
  static List<Contract> contracts() {
    return List.of(
        contract("a-windows", "a", TEN_SECONDS, 50),
        contract("a-damped", "a", new Schedule.Tumbling(10_000, 2_000, new Damping(2, 2)), 45),
        contract("all-windows", "*", SEVEN_SECONDS, 55),
        contract("b-reports", "b", new Schedule.EachReport(), 80));
  }

  /** One that wants a mean of at most so much. */
  static Contract contract(String id, String application, Schedule schedule, int most) {
    return new Contract(
        id,
        "1.0.0",
        application,
        "test",
        schedule,
        List.of(new Contract.Stakeholder("provider", Set.of("ml_provider"))),
        JsonNodeFactory.instance.objectNode().put("most", most).put("at", schedule.toString()),
        id + ".yaml");
  }

  static Revision revision(List<Contract> contracts) {
    return Revision.of(new PolicySet(List.of()), new ContractSet(contracts));
  }

  /** The contracts with one of them left out. */
  static List<Contract> without(String id) {
    return contracts().stream().filter(contract -> !contract.id().equals(id)).toList();
  }

  /** The contracts with one of them put in another's place. */
  static List<Contract> with(Contract changed) {
    return Stream.concat(without(changed.id()).stream(), Stream.of(changed)).toList();
  }

  /** A report with one number. */
  static String report(String application, String stage, long time, int value) {
    return """
        {"metadata":{"client_config":{"application_name":"%s","stage_id":"%s","instance_id":"i"},\
        "timestamp":%d.%03d5},"service":{"%s":{"metrics":{"m":{"i":{"records":[%d]}}}}}}"""
        .formatted(application, stage, time / 1_000, time % 1_000, stage, value);
  }
}
