package qoa.service.config;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.kafka.KafkaConfig;

/** {@code docs/configuration.md} lists all settings of the records, with their defaults. */
class ConfigurationTableTest {

  /** Records whose settings are keys of the file itself. */
  private static final Set<Class<?>> TOP_LEVEL =
      Set.of(JudgingConfig.class, ProcessingConfig.class);

  @TempDir Path folder;

  @Test
  void listsEverySetting_ofTheRecords() throws IOException {
    Set<String> documented = new TreeSet<>(table().keySet());
    documented.remove("opa"); // the short form of the section
    assertThat(documented).isEqualTo(settings());
  }

  @Test
  void documentsTheDefaults_thatTheRecordsHave() throws Exception {
    for (Map.Entry<String, String> row : table().entrySet()) {
      if (row.getValue().isEmpty()) {
        continue;
      }
      String yaml = yaml(row.getKey(), row.getValue());
      Path file = Files.writeString(folder.resolve("engine.yaml"), yaml);
      assertThat(ConfigLoader.load(file)).as(yaml).isEqualTo(EngineConfig.defaults());
    }
  }

  @Test
  void leavesOnlyDefaultsOut_thatAreNull() throws IOException {
    List<String> without =
        table().entrySet().stream()
            .filter(row -> row.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(without).containsExactly("opa.ca-file", "opa.token", "opa.url");
  }

  @Test
  void opens_whenAnExampleIsLoaded() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "a secret\n");
    for (String example : text().split("```yaml\n", -1)) {
      if (example.contains("```")) {
        String yaml =
            example
                .substring(0, example.indexOf("```"))
                .replaceAll("/(run|etc)[\\w/.-]+", secret.toString());
        Path file = Files.writeString(folder.resolve("engine.yaml"), yaml);
        assertThat(ConfigLoader.load(file, Set.of(), name -> "from-environment")).isNotNull();
      }
    }
  }

  private static String yaml(String key, String value) {
    int dot = key.indexOf('.');
    return dot < 0
        ? key + ": " + value
        : key.substring(0, dot) + ": {" + key.substring(dot + 1) + ": " + value + "}";
  }

  /** The keys and defaults in the table. */
  private static Map<String, String> table() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : text().lines().toList()) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        rows.put(cells[1].strip().replace("`", ""), cells[2].strip().replace("`", ""));
      }
    }
    return rows;
  }

  private static String text() throws IOException {
    return Files.readString(Path.of("../docs/configuration.md"));
  }

  private static Set<String> settings() {
    return Stream.of(EngineConfig.class.getRecordComponents())
        .flatMap(ConfigurationTableTest::settings)
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<String> settings(RecordComponent component) {
    String name = kebab(component.getName());
    Class<?> type = component.getType();
    if (type == KafkaConfig.class) {
      return Stream.of("kafka", "consumer", "producer");
    }
    if (TOP_LEVEL.contains(type)) {
      return Arrays.stream(type.getRecordComponents()).flatMap(ConfigurationTableTest::settings);
    }
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents()).flatMap(c -> within(name + ".", c))
        : Stream.of(name);
  }

  /** A record in a section contributes settings whose names begin with its name. */
  private static Stream<String> within(String section, RecordComponent component) {
    String name = section + kebab(component.getName());
    return component.getType().isRecord()
        ? Arrays.stream(component.getType().getRecordComponents())
            .map(c -> name + "-" + kebab(c.getName()))
        : Stream.of(name);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
