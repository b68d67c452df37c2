package qoa.core.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names must be those of {@code policies/qoa/contract}. */
class PromisedTest {

  @Test
  void of_namesWhatVerdictsWillBeCalled() throws Exception {
    assertThat(
            promised(
                "qoa.contract",
                """
                {"stakeholders": [{"id": "a", "roles": ["ml_provider"]}, {"id": "b", "roles": "ml_provider"},
                                  {"id": "c", "roles": ["ml_consumer"]}],
                 "quality": {
                   "service": [
                     {"name": "latency", "stage": "gateway", "provider": "x", "severity": "major",
                      "constraint_list": [{"metrics": {"metric_name": "response_time"}}]},
                     {"constraint_list": [{"metrics": {"metric_name": "m"}}, {"metrics": {"metric_name": "n"}}]}],
                   "data": [{"provider": "x", "constraint_list": [{"metrics": {"metric_name": "m"}}]}],
                   "privacy": [{"risks": {}}]}}
                """))
        .containsExactly(
            new Promised("latency", "x", "gateway", "major"),
            new Promised("service_constraint/m", "a", null, null),
            new Promised("service_constraint/m", "b", null, null),
            new Promised("service_constraint/n", "a", null, null),
            new Promised("service_constraint/n", "b", null, null),
            new Promised("data_constaint", "x", null, null));
  }

  @Test
  void of_namesNobody_whereNobodyProvides() throws Exception {
    assertThat(
            promised(
                "qoa.contract",
                """
                {"quality": {"service": [{"name": "n", "constraint_list": [{"metrics": {}}]}]}}
                """))
        .containsExactly(new Promised("n", null, null, null));
  }

  @Test
  void of_knowsNothing_ofOtherPolicies() throws Exception {
    assertThat(
            promised(
                "mine",
                """
                {"quality": {"service": [{"name": "n", "constraint_list": [{"metrics": {}}]}]}}
                """))
        .isEmpty();
  }

  private static Iterable<Promised> promised(String policy, String json) throws Exception {
    return Promised.of(
        new Contract(
            "c",
            "1",
            "app",
            policy,
            new Schedule.EachReport(),
            List.of(),
            new ObjectMapper().readTree(json),
            "c.yaml"));
  }
}
