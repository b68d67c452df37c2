package qoa.core.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyBundleTest {

  private static final Path POLICIES = Path.of("..", "..", "policies");
  private static final String FILE = "bts/fairness/fairness.rego";

  private final PolicyBundle shipped = PolicyBundle.shipped().orElseThrow();

  @Test
  void tellsOfThePoliciesThatShip_whatOpaTells() throws Exception {
    PolicySet compiled = PolicyLoader.load(POLICIES, OpaBinary.locate());

    assertThat(shipped.policies(compiled.sources())).contains(compiled);
  }

  static Stream<Consumer<Map<String, String>>> changes() {
    return Stream.of(
        texts -> texts.merge(FILE, " ", String::concat),
        texts -> texts.put("mine.rego", "package mine\n"),
        texts -> texts.remove(FILE),
        texts -> texts.put("bts/renamed.rego", texts.remove(FILE)),
        texts -> {
          String text = texts.remove(FILE);
          int half = text.length() / 2;
          texts.put(FILE, text.substring(0, half));
          texts.put(FILE + "2", text.substring(half));
        });
  }

  @ParameterizedTest
  @MethodSource("changes")
  void knowsNothing_ofPoliciesThatWereChanged(Consumer<Map<String, String>> change)
      throws Exception {
    SortedMap<String, String> texts = PolicyLoader.load(POLICIES).sources();
    assertThat(shipped.policies(texts)).isPresent();
    SortedMap<String, String> changed = new TreeMap<>(texts);

    change.accept(changed);

    assertThat(shipped.policies(changed)).isEmpty();
  }

  @Test
  void digest_tellsWhereATextEnds() {
    assertThat(PolicyBundle.digest(Map.of("a", "x\0b\0" + "1\0y")))
        .isNotEqualTo(PolicyBundle.digest(Map.of("a", "x", "b", "y")));
  }
}
