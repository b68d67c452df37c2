package qoa.core.evaluate.opa;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import qoa.core.policies.PolicyModule;

/** Names of the modules that the engine pushes; a prefix keeps them apart from other people's. */
final class ModuleIds {

  private static final String OWN = "qoa-engine/";
  private static final String POLICIES = OWN + "policies/";
  private static final String STUBS = OWN + "stubs/";

  static final String ANALYSIS = OWN + "analysis.rego";
  static final String DISPATCH = OWN + "dispatch.rego";

  private ModuleIds() {}

  static String of(PolicyModule module) {
    return POLICIES + module.path();
  }

  /**
   * A stub's.
   *
   * @param push tells the stubs of one push from those that another has left
   */
  static String ofStub(String push, int number) {
    return STUBS + push + "/" + number + ".rego";
  }

  static boolean isOwn(String id) {
    return id.startsWith(OWN);
  }

  static boolean isPolicy(String id) {
    return id.startsWith(POLICIES);
  }

  static boolean isStub(String id) {
    return id.startsWith(STUBS);
  }

  /** The file a person knows, for a module's id. */
  static String fileOf(String id) {
    return isPolicy(id) ? id.substring(POLICIES.length()) : id;
  }

  /** The id as it stands in a URL. */
  static String encoded(String id) {
    return Arrays.stream(id.split("/"))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
