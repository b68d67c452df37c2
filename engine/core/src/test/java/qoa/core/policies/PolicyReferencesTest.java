package qoa.core.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractLoader;

class PolicyReferencesTest {

  private static final SortedSet<String> PACKAGES = new TreeSet<>(List.of("my.shop", "other"));

  @TempDir Path folder;

  @Test
  void accepts_whatIsThere() throws Exception {
    assertThat(PolicyReferences.problems(contracts("my.shop"), PACKAGES)).isEmpty();
  }

  @Test
  void namesThePackages_whenAPolicyIsNotThere() throws Exception {
    assertThat(PolicyReferences.problems(contracts("my.shp"), PACKAGES))
        .hasToString(
            "[%s:4: /policy: no policy has the package my.shp; expected one of my.shop, other; did you"
                    .formatted(folder.resolve("c.yaml"))
                + " mean my.shop?]");
  }

  @Test
  void saysSo_whenThereIsNoPolicyAtAll() throws Exception {
    assertThat(PolicyReferences.problems(contracts("my.shop"), new TreeSet<>()))
        .singleElement()
        .asString()
        .endsWith("no policy has the package my.shop; there are no policies");
  }

  private List<Contract> contracts(String policy) throws Exception {
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
    return ContractLoader.load(folder).contracts();
  }
}
