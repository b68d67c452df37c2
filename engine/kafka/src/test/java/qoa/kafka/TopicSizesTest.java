package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicSizesTest {

  /**
   * Known and current sizes: {@code a=2} means that topic a has two partitions; {@code k} is
   * re-keyed.
   */
  @ParameterizedTest(name = "{0}: {1}, known {2}, now {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          one partition                 | auto   | -       | a=1     | false
          several partitions            | auto   | -       | a=2     | true
          several topics                | auto   | -       | a=1 b=1 | true
          grown to several              | auto   | a=1     | a=2     | true
          stays with it                 | auto   | a=2 k=2 | a=1     | true
          always                        | always | -       | a=1     | true
          never                         | never  | -       | a=4     | false
          never, as before              | never  | a=4     | a=4     | false
          never, a topic more           | never  | a=4     | a=4 b=2 | false
          never, grown                  | never  | a=4     | a=6     | topics.rekey is never, but topic a has 6 partitions and had 4
          never, one of two grown       | never  | a=4 b=1 | a=4 b=2 | topics.rekey is never, but topic b has 2 partitions and had 1
          never, re-keyed before        | never  | a=4 k=4 | a=4     | topics.rekey is never, but reports were re-keyed through topic k
          """)
  void rekeys(String rule, String rekey, String known, String now, String expected) {
    TopicsConfig topics =
        new TopicsConfig(
            List.of("a", "b"),
            "v",
            "s",
            "t",
            "d",
            "k",
            Rekey.valueOf(rekey.toUpperCase(Locale.ROOT)));
    TopicSizes sizes = new TopicSizes(sizes(known));
    if (expected.equals("true") || expected.equals("false")) {
      assertThat(sizes.rekeys(topics, sizes(now))).isEqualTo(Boolean.parseBoolean(expected));
    } else {
      assertThatThrownBy(() -> sizes.rekeys(topics, sizes(now)))
          .isInstanceOfSatisfying(
              BrokerException.class, e -> assertThat(e.isLasting()).as("lasting").isTrue())
          .hasMessageStartingWith(expected);
    }
    assertThat(sizes.rekeyedPartitions(topics, 9)).isEqualTo(sizes(known).getOrDefault("k", 9));
  }

  private static Map<String, Integer> sizes(String text) {
    Map<String, Integer> sizes = new HashMap<>();
    if (text != null) {
      for (String item : text.split(" ", -1)) {
        String[] parts = item.split("=", -1);
        sizes.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    return sizes;
  }
}
