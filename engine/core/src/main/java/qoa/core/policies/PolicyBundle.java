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
 * The compiled form of the policies that ship, which is part of the engine. Users of these policies
 * therefore need no OPA. The engine uses it only if the policies on disk are exactly those that it
 * was compiled from. {@code scripts/bundle} creates it. Immutable.
 *
 * @param sources {@link #digest} of the policies, by path
 * @param compiler {@link #digest} of everything else that affects the compilation, by name
 * @param packages the package of each policy, by path
 * @param visible the keys of the input that a package can read, by package; {@code *} means all
 * @param plan the {@code plan.json}, with an entrypoint for each package
 */
public record PolicyBundle(
    String sources,
    String compiler,
    Map<String, String> packages,
    JsonNode visible,
    JsonNode plan) {

  /** The name of the resource in this package. */
  public static final String RESOURCE = "shipped-policies.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Read once. It is not in the policies folder, because authors of policies are not trusted. */
  private static final class Shipped {
    static final Optional<PolicyBundle> BUNDLE = read();
  }

  /** The bundle in the resources; empty if there is none. */
  public static Optional<PolicyBundle> shipped() {
    return Shipped.BUNDLE;
  }

  /** Whether it was compiled from these policies by the same compiler. */
  public boolean isOf(PolicySet policies, Map<String, String> madeBy) {
    return sources.equals(digest(policies.sources())) && compiler.equals(digest(madeBy));
  }

  /**
   * The policies, if the bundle was compiled from these texts. They are known to compile.
   *
   * @param texts the content of the files, by path
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

  /** SHA-256 of names and texts as hexadecimal digits, independent of their order. */
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
              // With the length, so that no text can imitate the start of another entry.
              String entry = name + '\0' + text.length() + '\0' + text;
              digest.update(entry.getBytes(StandardCharsets.UTF_8));
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Optional<PolicyBundle> read() {
    try (InputStream in = PolicyBundle.class.getResourceAsStream(RESOURCE)) {
      return in == null ? Optional.empty() : Optional.of(JSON.readValue(in, PolicyBundle.class));
    } catch (IOException e) {
      throw new UncheckedIOException(
          RESOURCE + " is damaged; run scripts/bundle to create it again", e);
    }
  }
}
