package qoa.core.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What OPA makes of a folder of policies, made beforehand and kept with the engine: whoever uses
 * the policies that ship needs no OPA. It is used only for exactly the sources that it was made of.
 * {@code scripts/bundle} makes it anew.
 *
 * @param sources {@link #digest} of the policies, by path
 * @param compiler {@link #digest} of what else decides how they are compiled, by name
 * @param packages the package of each policy, by path
 * @param visible by package, the keys of the input that it can look at; {@code *} stands for all
 * @param plan the {@code plan.json}, with an entrypoint for each package
 */
public record PolicyBundle(
    String sources,
    String compiler,
    Map<String, String> packages,
    JsonNode visible,
    JsonNode plan) {

  /** Where it lies, among the engine's resources. */
  public static final String RESOURCE = "shipped-policies.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Read once. It is part of the engine, not of the policies: who writes these is not trusted. */
  private static final class Shipped {
    static final Optional<PolicyBundle> BUNDLE = read();
  }

  /** That of the policies that ship; empty where none was made yet. */
  public static Optional<PolicyBundle> shipped() {
    return Shipped.BUNDLE;
  }

  /** Whether it was made of these policies by such a compiler. */
  public boolean isOf(PolicySet policies, Map<String, String> madeBy) {
    return sources.equals(digest(policies.sources())) && compiler.equals(digest(madeBy));
  }

  /**
   * The policies, where it was made of these sources: that they compile is known then.
   *
   * @param texts what the files hold, by path
   */
  Optional<PolicySet> policies(Map<String, String> texts) {
    if (!sources.equals(digest(texts))) {
      return Optional.empty();
    }
    List<PolicyModule> modules =
        new TreeMap<>(texts)
            .entrySet().stream()
                .map(
                    file ->
                        new PolicyModule(
                            file.getKey(), packages.get(file.getKey()), file.getValue(), false))
                .toList();
    return Optional.of(new PolicySet(modules));
  }

  /** SHA-256 of names and texts, in hexadecimal digits; their order does not matter. */
  public static String digest(Map<String, String> texts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    new TreeMap<>(texts)
        .forEach(
            (name, text) -> {
              // With its length, so that no text can pass for the end of it and another file.
              String entry = name + '\0' + text.length() + '\0' + text;
              digest.update(entry.getBytes(StandardCharsets.UTF_8));
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Optional<PolicyBundle> read() {
    try (InputStream in = PolicyBundle.class.getResourceAsStream(RESOURCE)) {
      return in == null ? Optional.empty() : Optional.of(JSON.readValue(in, PolicyBundle.class));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " is damaged; scripts/bundle makes it anew", e);
    }
  }
}
