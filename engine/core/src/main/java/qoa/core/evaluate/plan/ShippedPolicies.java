package qoa.core.evaluate.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import qoa.core.documents.ProblemsException;
import qoa.core.policies.OpaBinary;
import qoa.core.policies.PolicyBundle;
import qoa.core.policies.PolicyLoader;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;

/** Compiles the policies that ship, for those who have no OPA: what {@code scripts/bundle} runs. */
public final class ShippedPolicies {

  private ShippedPolicies() {}

  /**
   * Writes the bundle of a folder of policies to a file.
   *
   * @param args the folder, and the file
   */
  public static void main(String[] args) throws IOException, ProblemsException {
    Files.writeString(Path.of(args[1]), bundle(Path.of(args[0])));
  }

  /** The bundle as the file holds it: the same for the same policies and the same OPA. */
  static String bundle(Path folder) throws IOException, ProblemsException {
    OpaBinary opa = OpaBinary.locate();
    PolicySet policies = PolicyLoader.load(folder, opa);
    for (PolicyModule module : policies.modules()) {
      if (module.rewritten()) {
        throw new IOException(module.path() + " is Rego v0; policies that ship are Rego v1");
      }
    }
    PolicyBundle bundle = OpaBuild.bundle(policies, opa);
    return new ObjectMapper().writeValueAsString(bundle) + "\n";
  }
}
