package qoa.engine.policies;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.engine.contracts.ContractLoader;
import qoa.engine.contracts.ContractSet;
import qoa.engine.model.ProblemsException;

class PolicyReferencesTest {

  private static final PolicySet POLICIES =
      new PolicySet(
          List.of(
              new PolicyModule("a.rego", "my.shop", "", false),
              new PolicyModule("b.rego", "other", "", false)));

  @TempDir Path folder;

  @Test
  void accepts_whatIsThere() throws Exception {
    ContractSet contracts = contracts("my.shop");
    assertThatCode(() -> PolicyReferences.check(contracts, POLICIES)).doesNotThrowAnyException();
  }

  @Test
  void namesThePackages_whenAPolicyIsNotThere() throws Exception {
    ContractSet contracts = contracts("my.shp");
    assertThatThrownBy(() -> PolicyReferences.check(contracts, POLICIES))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            folder.resolve("c.yaml")
                + ":4: /policy: no policy is of package my.shp; expected one of my.shop, other; did"
                + " you mean my.shop?");
  }

  @Test
  void saysSo_whenThereIsNoPolicyAtAll() throws Exception {
    ContractSet contracts = contracts("my.shop");
    assertThatThrownBy(() -> PolicyReferences.check(contracts, new PolicySet(List.of())))
        .hasMessageEndingWith("no policy is of package my.shop; there is no policy at all");
  }

  private ContractSet contracts(String policy) throws Exception {
    Files.writeString(
        folder.resolve("c.yaml"),
        """
        id: c
        version: 1
        application: "*"
        policy: %s
        evaluate: {each: report}
        """
            .formatted(policy));
    return ContractLoader.load(folder);
  }
}
