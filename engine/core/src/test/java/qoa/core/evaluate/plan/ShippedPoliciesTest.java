package qoa.core.evaluate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.policies.PolicyBundle;

class ShippedPoliciesTest {

  @TempDir Path folder;

  @Test
  void bundle_isUpToDate() throws Exception {
    try (var in = PolicyBundle.class.getResourceAsStream(PolicyBundle.RESOURCE)) {
      String kept = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      boolean same = kept.equals(ShippedPolicies.bundle(Path.of("..", "..", "policies")));
      assertThat(same)
          .as("the compiled policies are stale: run scripts/bundle, and commit what it changes")
          .isTrue();
    }
  }

  @Test
  void bundle_refusesRegoV0_whichIsRewrittenWhenItIsRead() throws Exception {
    Files.writeString(folder.resolve("old.rego"), "package old\n\nviolation[x] { x := 1 }\n");
    assertThatThrownBy(() -> ShippedPolicies.bundle(folder))
        .hasMessage("old.rego is Rego v0; policies that ship are Rego v1");
  }
}
