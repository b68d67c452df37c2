package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The builtins that policies may use here: OPA's capabilities without those that reach the network
 * or the environment, and those for keys, certificates, tokens and GraphQL.
 */
public final class Profile {
  private static final String RESOURCE = "capabilities.json";

  private Profile() {}

  /** The profile as OPA's compiler takes it with {@code --capabilities}; the caller closes it. */
  public static InputStream capabilities() {
    return Profile.class.getResourceAsStream(RESOURCE);
  }

  /** The names of the builtins in the profile. */
  public static Set<String> builtins() {
    try (InputStream in = capabilities()) {
      Set<String> names = new TreeSet<>();
      for (JsonNode builtin : new JsonMapper().readTree(in).path("builtins")) {
        names.add(builtin.path("name").asText());
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
