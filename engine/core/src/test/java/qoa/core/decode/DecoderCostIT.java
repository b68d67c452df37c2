package qoa.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.settings.LimitsConfig;

/**
 * The cost of a message is linear in its size for any shape, and the memory that a decoder keeps
 * does not grow. The tests measure allocated memory instead of time, because slow code copies much.
 */
class DecoderCostIT {

  private static final long NOW = 1_795_430_000_000L;
  private static final String METADATA = "\"metadata\":{\"application\":\"shop\"}";
  private static final int MEBI = 1 << 20;

  /** Limit for each byte of a message: its characters, and a string for every few bytes. */
  private static final int FOR_A_BYTE = 64;

  /** Additional limit for each number: 10,000 names of 512 bytes, each created twice. */
  private static final int FOR_NUMBERS = 24 * MEBI;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ReportDecoder decoder = new ReportDecoder(LimitsConfig.defaults());

  /** Shapes by name. Each function creates a message of about the given number of bytes. */
  private static Map<String, IntFunction<String>> shapes() {
    Map<String, IntFunction<String>> shapes = new LinkedHashMap<>();
    shapes.put("a long key, many numbers", n -> below(n - 20_000, "[" + "1,".repeat(9_999) + "1]"));
    shapes.put("a long key, many arrays", n -> below(n / 2, list("[]", n / 2)));
    shapes.put("a long key, many objects", n -> below(n / 2, list("{\"a\":{}}", n / 2)));
    shapes.put("a long key, many strings", n -> below(n / 2, list("{\"a\":\"b\"}", n / 2)));
    shapes.put("long keys in one another", n -> nested(n, 10));
    shapes.put("arrays in one another", n -> own(list("[".repeat(90) + "]".repeat(90), n)));
    shapes.put(
        "a long name, many numbers",
        n -> own("{\"" + "k".repeat(480) + "\":[" + "1,".repeat(9_999) + "1]}"));
    shapes.put("many keys", n -> own(keys(n)));
    shapes.put("many keys that nobody looks at", n -> "{" + METADATA + ",\"o\":" + keys(n) + "}");
    shapes.put(
        "many instances",
        n -> "{" + METADATA + ",\"execution_graph\":{\"linked_list\":" + instances(n) + "}}");
    shapes.put("parts that stand for the whole", n -> wholes(n));
    shapes.put("a long string", n -> own("\"" + "x".repeat(n) + "\""));
    shapes.put("an unfinished long key", n -> "{\"" + "x".repeat(n));
    shapes.put("the same long key twice", n -> twice("x".repeat(n / 2)));
    return shapes;
  }

  @TestFactory
  Stream<DynamicTest> allocatesInProportionToTheMessage() {
    return shapes().entrySet().stream()
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(),
                    () -> {
                      for (int size : List.of(100_000, 300_000, 1_000_000)) {
                        byte[] message = shape.getValue().apply(size).getBytes(UTF_8);
                        assertThat(message.length).isLessThan(MEBI);
                        assertThat(allocated(message))
                            .as(size + " bytes")
                            .isLessThan(FOR_NUMBERS + (long) FOR_A_BYTE * message.length);
                      }
                    }));
  }

  /** All messages differ, so that a decoder has a reason to keep something of each. */
  @Test
  void keepsLittle_whateverWasSent() {
    long before = used();
    for (int i = 0; i < 200; i++) {
      decode(twice("x".repeat(400_000) + i));
      decode(broken("x".repeat(800_000) + i, i % 90));
    }
    for (int i = 0; i < 700; i++) {
      decode(own("[{\"" + "k".repeat(450) + i + "\":[" + "true,".repeat(300) + "1]}]", "app" + i));
    }
    assertThat(used() - before).isLessThan(64 * MEBI);
  }

  private long allocated(byte[] message) {
    decode(message);
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    decode(message);
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  private void decode(String message) {
    decode(message.getBytes(UTF_8));
  }

  private void decode(byte[] message) {
    try {
      decoder.decode(raw(message));
    } catch (UndecodableException e) {
      assertThat(e.getMessage()).hasSizeLessThan(400);
    }
  }

  private static RawReport raw(byte[] message) {
    return new RawReport(new Partition("r", 0), 0, NOW, null, message, List.of());
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String own(String value) {
    return own(value, "shop");
  }

  private static String own(String value, String application) {
    return "{\"metadata\":{\"application\":\""
        + application
        + "\"},\"report\":{\"m\":"
        + value
        + "}}";
  }

  private static String below(int keySize, String value) {
    return own("{\"" + "k".repeat(keySize) + "\":" + value + "}");
  }

  private static String list(String element, int size) {
    int more = size / (element.length() + 1);
    return "[" + element + ("," + element).repeat(Math.max(0, more - 1)) + "]";
  }

  private static String nested(int size, int depth) {
    String open = "{\"" + "k".repeat(size / depth / 2) + "\":";
    return own(open.repeat(depth) + list("{}", size / 2 - 200) + "}".repeat(depth));
  }

  private static String keys(int size) {
    StringBuilder object = new StringBuilder("{\"a\":\"\"");
    for (int i = 0; object.length() < size - 200; i++) {
      object.append(",\"k").append(i).append("\":\"\"");
    }
    return object.append('}').toString();
  }

  private static String instances(int size) {
    StringBuilder object = new StringBuilder("{\"a\":{}");
    for (int i = 0; object.length() < size - 200; i++) {
      object.append(",\"%d\":{\"instance\":{\"id\":\"%d\",\"stage\":\"s\"}}".formatted(i, i));
    }
    return object.append('}').toString();
  }

  private static String wholes(int size) {
    String part = "{\"rss\":".repeat(90) + "1" + "}".repeat(90);
    StringBuilder usage = new StringBuilder("{\"a\":1");
    for (int i = 0; usage.length() < size - 2_000; i++) {
      usage.append(",\"k").append(i).append("\":").append(part);
    }
    return "{\"metadata\":{\"node_name\":\"n\"},\"mem\":{\"usage\":" + usage + "}}}";
  }

  private static String twice(String key) {
    return "{\"%s\":1,\"%s\":2}".formatted(key, key);
  }

  /** A long key after a number of others, then invalid JSON. */
  private static String broken(String key, int others) {
    StringBuilder object = new StringBuilder("{");
    for (int i = 0; i < others; i++) {
      object.append("\"k").append(i).append("\":{");
    }
    return object.append("\"\\u0061").append(key).append("\":x").toString();
  }
}
