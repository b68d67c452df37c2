package qoa.rego;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Values of any size to call builtins with: wide, deep, shared, and nearly alike. */
final class FeedValues {
  private static final int MAX_DIGITS = 40_000;

  /** Larger sets and objects would fill the test's own heap. */
  private static final int MAX_MEMBERS = 1 << 14;

  static RegoString text(String part, int n) {
    return RegoString.of(part.repeat(n / part.length() + 1));
  }

  static RegoValue digits(int n) {
    return RegoNumber.of(BigInteger.TEN.pow(Math.min(n, MAX_DIGITS)).subtract(BigInteger.ONE));
  }

  static RegoArray numbers(int n) {
    RegoValue[] numbers = new RegoValue[n];
    Arrays.setAll(numbers, i -> RegoNumber.of((long) i * 7 % 1_000));
    return RegoArray.of(numbers);
  }

  static RegoArray texts(int n) {
    RegoValue[] texts = new RegoValue[n];
    for (int i = 0; i < n; i++) {
      texts[i] = i < 1_000 ? RegoString.of("text " + i) : texts[i - 1_000];
    }
    return RegoArray.of(texts);
  }

  /** Small in memory, and looked at from outside it has {@code n} parts. */
  static RegoValue nestedTwice(int n) {
    RegoValue value = RegoArray.of(RegoNumber.of(1), RegoString.of("x"));
    for (int size = 1; size < n; size *= 2) {
      value = RegoArray.of(value, value);
    }
    return value;
  }

  static RegoValue deep(int n) {
    RegoValue value = RegoArray.EMPTY;
    for (int i = 0; i < Math.min(n, 1_000); i++) {
      value = RegoArray.of(value);
    }
    return value;
  }

  static RegoSet set(int n) {
    List<RegoValue> members = new ArrayList<>();
    for (int i = 0; i < Math.min(n, MAX_MEMBERS); i++) {
      members.add(RegoNumber.of((long) i * 7919 % 1_000_003));
    }
    return RegoSet.copyOf(members);
  }

  static RegoSet setOfSets(int n) {
    List<RegoValue> members = new ArrayList<>();
    for (int i = 0; i < Math.min(n, MAX_MEMBERS / 16); i++) {
      members.add(RegoSet.of(RegoNumber.of(i), RegoNumber.of(i + 1), RegoArray.of(set(4))));
    }
    return RegoSet.copyOf(members);
  }

  static RegoObject object(int n) {
    RegoObject.Builder object = RegoObject.builder();
    for (int i = 0; i < Math.min(n, MAX_MEMBERS); i++) {
      object.put("key-" + i * 7919 % 1_000_003, RegoString.of("value"));
    }
    return object.build();
  }

  static RegoValue deepObject(int n) {
    RegoObject value = RegoObject.builder().put("a", RegoNumber.of(1)).build();
    for (int size = 1; size < n; size *= 2) {
      value = RegoObject.builder().put("a", value).put("b", value).build();
    }
    return value;
  }

  static RegoValue s(String text) {
    return RegoString.of(text);
  }

  static RegoArray twice(RegoValue value) {
    return RegoArray.of(value, value);
  }

  static RegoObject list(int n) {
    return RegoObject.builder().put("a", numbers(n)).build();
  }

  static RegoObject manyPatterns(int n) {
    RegoObject.Builder object = RegoObject.builder();
    for (int i = 0; i < Math.min(n, 1_000); i++) {
      object.put("a".repeat(Math.min(n, 1_000)) + i, s("b"));
    }
    return object.build();
  }

  /** Texts that differ at their ends only. */
  static RegoArray sharing(String end, int n) {
    int count = (int) Math.sqrt(n);
    RegoValue[] texts = new RegoValue[count];
    Arrays.setAll(texts, i -> s("a".repeat(count) + i + end));
    return RegoArray.of(texts);
  }

  static int log2(int n) {
    return 31 - Integer.numberOfLeadingZeros(n);
  }

  static RegoArray repeated(RegoValue value, int n) {
    RegoValue[] values = new RegoValue[n];
    Arrays.fill(values, value);
    return RegoArray.of(values);
  }

  static RegoArray repeatedThen(RegoValue value, int n, RegoValue last) {
    RegoValue[] values = new RegoValue[n + 1];
    Arrays.fill(values, value);
    values[n] = last;
    return RegoArray.of(values);
  }

  /** Equal values that are not the same. */
  static RegoArray copies(int n) {
    RegoValue[] values = new RegoValue[16];
    Arrays.setAll(values, i -> nestedTwice(n));
    return RegoArray.of(values);
  }

  static RegoObject complete(int n) {
    int nodes = (int) Math.min(300, Math.sqrt(n) + 1);
    RegoArray all = numbers(nodes);
    RegoObject.Builder graph = RegoObject.builder();
    for (int i = 0; i < nodes; i++) {
      graph.put(RegoNumber.of(i), all);
    }
    return graph.build();
  }

  static RegoObject chain(int n) {
    RegoObject.Builder graph = RegoObject.builder();
    for (int i = 0; i < Math.min(n, MAX_MEMBERS); i++) {
      graph.put(RegoNumber.of(i), RegoArray.of(RegoNumber.of(i + 1)));
    }
    return graph.build();
  }

  static RegoArray patches(int n) {
    RegoObject patch =
        RegoObject.builder()
            .put("op", s("add"))
            .put("path", s("/0"))
            .put("value", RegoNumber.of(1))
            .build();
    return repeated(patch, n);
  }

  static RegoArray addresses(int n) {
    RegoValue[] blocks = new RegoValue[Math.min(n, 10_000)];
    Arrays.setAll(blocks, i -> s("10." + i / 256 % 256 + "." + i % 256 + ".0/24"));
    return RegoArray.of(blocks);
  }

  static RegoValue fraction(int n) {
    return RegoNumber.parse("3." + "123456789".repeat(Math.min(n, 9_000) / 9 + 1));
  }

  static String keys(int n) {
    StringBuilder keys = new StringBuilder("\"a\":0");
    for (int i = 0; i < Math.min(n, MAX_MEMBERS); i++) {
      keys.append(",\"").append(i).append("\":0");
    }
    return keys.toString();
  }

  static RegoObject indent(int n) {
    return RegoObject.builder().put("indent", text(" ", n)).put("prefix", text(" ", n)).build();
  }

  /** Each line is the one before it, twice. */
  static String aliases(int n) {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 4 + log2(n); i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    return yaml.toString();
  }

  /** Each definition asks for the one after it, twice. */
  static String branching(int n) {
    StringBuilder schema = new StringBuilder("{\"allOf\": [{\"$ref\": \"#/definitions/d0\"}],");
    schema.append("\"definitions\": {");
    int count = 1 + 2 * log2(n);
    for (int i = 0; i < count; i++) {
      String next = "{\"$ref\": \"#/definitions/d" + (i + 1) + "\"}";
      schema.append("\"d" + i + "\": {\"anyOf\": [" + next + "," + next + "]},");
    }
    return schema.append("\"d" + count + "\": {\"type\": \"string\"}}}").toString();
  }

  private FeedValues() {}
}
