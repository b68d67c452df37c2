package qoa.rego;

import static qoa.rego.FeedValues.addresses;
import static qoa.rego.FeedValues.aliases;
import static qoa.rego.FeedValues.branching;
import static qoa.rego.FeedValues.chain;
import static qoa.rego.FeedValues.complete;
import static qoa.rego.FeedValues.copies;
import static qoa.rego.FeedValues.deep;
import static qoa.rego.FeedValues.deepObject;
import static qoa.rego.FeedValues.digits;
import static qoa.rego.FeedValues.fraction;
import static qoa.rego.FeedValues.indent;
import static qoa.rego.FeedValues.keys;
import static qoa.rego.FeedValues.list;
import static qoa.rego.FeedValues.log2;
import static qoa.rego.FeedValues.manyPatterns;
import static qoa.rego.FeedValues.nestedTwice;
import static qoa.rego.FeedValues.numbers;
import static qoa.rego.FeedValues.object;
import static qoa.rego.FeedValues.patches;
import static qoa.rego.FeedValues.repeated;
import static qoa.rego.FeedValues.repeatedThen;
import static qoa.rego.FeedValues.s;
import static qoa.rego.FeedValues.set;
import static qoa.rego.FeedValues.setOfSets;
import static qoa.rego.FeedValues.sharing;
import static qoa.rego.FeedValues.text;
import static qoa.rego.FeedValues.texts;
import static qoa.rego.FeedValues.twice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/**
 * Arguments of any size for every builtin of the profile: for each of the types that its
 * declaration names, and those that somebody would think of who means harm.
 */
final class BuiltinFeeds {
  /** Arguments of a size. */
  interface Feed extends IntFunction<RegoValue[]> {}

  private final Map<String, List<Feed>> feeds = new TreeMap<>();

  BuiltinFeeds() throws IOException {
    try (InputStream in = Profile.capabilities()) {
      for (JsonNode builtin : new JsonMapper().readTree(in).path("builtins")) {
        feeds.put(builtin.path("name").asText(), declared(builtin.at("/decl/args")));
      }
    }
    addTexts();
    addCollections();
    addNumbers();
    addPatterns();
    addDocuments();
  }

  /** What to call a builtin with; nothing where it is not known. */
  List<Feed> of(String builtin) {
    return feeds.getOrDefault(builtin, List.of());
  }

  private void add(String builtin, Feed feed) {
    feeds.get(builtin).add(feed);
  }

  /** One feed for the first type of each argument, one for the second, and so on. */
  private static List<Feed> declared(JsonNode types) {
    List<List<IntFunction<RegoValue>>> kinds = new ArrayList<>();
    int most = 1;
    for (JsonNode type : types) {
      List<IntFunction<RegoValue>> ofType = kinds(type);
      kinds.add(ofType);
      most = Math.max(most, ofType.size());
    }
    List<Feed> declared = new ArrayList<>();
    for (int k = 0; k < most; k++) {
      int kind = k;
      declared.add(
          n ->
              kinds.stream()
                  .map(ofType -> ofType.get(kind % ofType.size()).apply(n))
                  .toArray(RegoValue[]::new));
    }
    return declared;
  }

  private static List<IntFunction<RegoValue>> kinds(JsonNode type) {
    List<IntFunction<RegoValue>> kinds = new ArrayList<>();
    switch (type.path("type").asText()) {
      case "string" ->
          kinds.addAll(List.of(n -> text("a", n), n -> text("a,", n), n -> text("9", n)));
      case "number" -> kinds.addAll(List.of(n -> RegoNumber.of(n), FeedValues::digits));
      case "boolean" -> kinds.add(n -> RegoBoolean.TRUE);
      case "null" -> kinds.add(n -> RegoNull.NULL);
      case "array" ->
          kinds.addAll(List.of(FeedValues::numbers, FeedValues::texts, FeedValues::nestedTwice));
      case "set" -> kinds.addAll(List.of(FeedValues::set, FeedValues::setOfSets));
      case "object" -> kinds.addAll(List.of(FeedValues::object, FeedValues::deepObject));
      default -> {
        for (JsonNode one : type.path("of")) {
          kinds.addAll(kinds(one));
        }
        if (kinds.isEmpty()) { // any
          kinds.addAll(
              List.of(
                  FeedValues::nestedTwice,
                  n -> text("a", n),
                  FeedValues::set,
                  FeedValues::object,
                  FeedValues::deep,
                  FeedValues::digits));
        }
      }
    }
    return kinds;
  }

  private static RegoValue[] args(RegoValue... arguments) {
    return arguments;
  }

  private void addTexts() {
    add("contains", n -> args(text("a", n), s("a".repeat(n / 2) + "b")));
    add("indexof", n -> args(text("a", n), s("a".repeat(n / 2) + "b")));
    add("indexof_n", n -> args(text("a", n), s("a".repeat(n / 2 + 1))));
    add("strings.count", n -> args(text("a", n), s("a".repeat(n / 2) + "b")));
    add("replace", n -> args(text("a", n), s("a"), text("bc", n)));
    add("replace", n -> args(text("a", n), s(""), s("x")));
    add("replace", n -> args(text("a", n), s("a".repeat(n / 2) + "b"), s("")));
    add("split", n -> args(text("a", n), s("")));
    add("split", n -> args(text("a", n), s("a")));
    add("concat", n -> args(text("ab", n), texts(Math.min(n, 1_000))));
    add("sprintf", n -> args(s("%" + n + "d"), RegoArray.of(RegoNumber.of(1))));
    add("sprintf", n -> args(s("%." + n + "f %." + n + "e"), twice(RegoNumber.of(0.1))));
    add("sprintf", n -> args(s("%0*d"), RegoArray.of(RegoNumber.of(n), digits(n))));
    add("sprintf", n -> args(text("%v", n), RegoArray.of(nestedTwice(n))));
    add("sprintf", n -> args(text("%[1]v", n), RegoArray.of(text("x", n))));
    add("sprintf", n -> args(s("%q % x %#x %X"), RegoArray.of(text("\u0001", n))));
    add("strings.replace_n", n -> args(manyPatterns(n), text("a", n)));
    add("strings.any_prefix_match", n -> args(sharing("b", n), sharing("c", n)));
    add("trim", n -> args(text("ab", n), text("xyzab", n)));
    add(
        "strings.render_template",
        n -> args(s("{{range .a}}{{range $.a}}x{{end}}{{end}}"), list(n)));
    add(
        "strings.render_template",
        n -> args(s("{{if .a}}".repeat(n) + "{{end}}".repeat(n)), list(1)));
    add("strings.render_template", n -> args(s("{{" + "(".repeat(n) + ".a"), list(1)));
    add("strings.render_template", n -> args(s("{{\"" + "a".repeat(n) + "\"}}"), list(1)));
    add("internal.template_string", n -> args(RegoArray.of(nestedTwice(n), text("a", n))));
    add("internal.print", n -> args(RegoArray.of(set(n), set(n), set(n))));
    add("hex.decode", n -> args(text("ff", n)));
    add("base64.decode", n -> args(text("abcd", n)));
    add("urlquery.encode", n -> args(text("\u20ac", n)));
    add("urlquery.decode_object", n -> args(text("a=b&", n)));
    add("time.format", n -> args(RegoArray.of(RegoNumber.of(1), s("UTC"), text("Monday", n))));
    add("time.parse_ns", n -> args(text("1", n), text("1", n)));
    add("time.parse_duration_ns", n -> args(text("1h", n)));
    add(
        "semver.compare",
        n -> args(s("1.0.0-" + "a.".repeat(n) + "b"), s("1.0.0-" + "a.".repeat(n) + "c")));
    add("units.parse", n -> args(s("1e" + "9".repeat(Math.min(n, 6)))));
    add("units.parse_bytes", n -> args(s("1".repeat(n) + "k")));
  }

  private void addCollections() {
    add("object.union", n -> args(deepObject(n), deepObject(n)));
    add("object.union_n", n -> args(repeated(object(Math.min(n, 1_000)), n)));
    add("object.subset", n -> args(deepObject(n), deepObject(n)));
    add("object.subset", n -> args(repeated(s("a"), n), repeatedThen(s("a"), n / 2, s("b"))));
    add("object.filter", n -> args(object(n), object(n)));
    add("object.remove", n -> args(object(n), numbers(n)));
    add("array.slice", n -> args(numbers(n), RegoNumber.of(0), RegoNumber.of(n)));
    add("array.flatten", n -> args(repeated(numbers(Math.min(n, 1_000)), n)));
    add("sort", n -> args(copies(n)));
    add("max", n -> args(copies(n)));
    add("internal.member_2", n -> args(nestedTwice(n), copies(n)));
    add(
        "internal.member_3",
        n -> args(RegoNumber.of(0), nestedTwice(n), RegoArray.of(nestedTwice(n))));
    for (String comparison : List.of("equal", "neq", "lt", "lte", "gt", "gte")) {
      add(comparison, n -> args(nestedTwice(n), nestedTwice(n)));
      add(comparison, n -> args(deepObject(n), deepObject(n)));
      add(comparison, n -> args(RegoSet.of(nestedTwice(n)), RegoSet.of(nestedTwice(n))));
    }
    add("union", n -> args(setOfSets(n)));
    add("and", n -> args(RegoSet.of(nestedTwice(n)), RegoSet.of(nestedTwice(n))));
    add("graph.reachable", n -> args(complete(n), RegoArray.of(RegoNumber.of(0))));
    add("graph.reachable_paths", n -> args(complete(n), RegoArray.of(RegoNumber.of(0))));
    add("graph.reachable_paths", n -> args(chain(n), RegoArray.of(RegoNumber.of(0))));
    add("json.filter", n -> args(deepObject(n), RegoArray.of(s("a/b"), s("b/" + "a/".repeat(n)))));
    add("json.remove", n -> args(deepObject(n), RegoArray.of(s("a/b"), s("b/a"))));
    add("json.patch", n -> args(numbers(n), patches(n)));
    add("json.patch", n -> args(object(n), patches(n)));
    add("walk", n -> args(deep(n)));
    add("net.cidr_expand", n -> args(s("10.0.0.0/" + Math.max(0, 32 - log2(n)))));
    add("net.cidr_expand", n -> args(s("::/" + Math.max(0, 128 - log2(n)))));
    add("net.cidr_merge", n -> args(addresses(n)));
    add("net.cidr_contains_matches", n -> args(addresses(n), addresses(n)));
  }

  private void addNumbers() {
    add("numbers.range", n -> args(RegoNumber.of(0), RegoNumber.of(n)));
    add("numbers.range", n -> args(digits(n), RegoNumber.of(0)));
    add("numbers.range_step", n -> args(RegoNumber.of(n), RegoNumber.of(0), RegoNumber.of(1)));
    add("bits.lsh", n -> args(RegoNumber.of(1), RegoNumber.of(n)));
    add("bits.rsh", n -> args(digits(n), RegoNumber.of(1)));
    add("format_int", n -> args(digits(n), RegoNumber.of(2)));
    add("mul", n -> args(RegoNumber.parse("1e" + Math.min(n, 9_999)), digits(n)));
    add("mul", n -> args(RegoNumber.parse("1.5e-" + Math.min(n, 9_999)), fraction(n)));
    add("plus", n -> args(RegoNumber.parse("1e-" + Math.min(n, 9_999)), digits(n)));
    add("div", n -> args(fraction(n), digits(n)));
    add("to_number", n -> args(text("9", n)));
    add("product", n -> args(repeated(digits(9), n)));
    add("product", n -> args(repeated(fraction(9), n)));
    add("sum", n -> args(repeated(digits(n), 100)));
    for (String rounding : List.of("abs", "round", "ceil", "floor")) {
      add(rounding, BuiltinFeeds::fractions);
    }
    add("lt", n -> args(fraction(n), RegoNumber.parse("3")));
  }

  private static RegoValue[] fractions(int n) {
    return args(fraction(n));
  }

  private void addPatterns() {
    for (String builtin : List.of("regex.match", "re_match")) {
      add(builtin, n -> args(s("(".repeat(3) + "a{1000}){1000}){" + n + "}"), s("a")));
      add(builtin, n -> args(s("((a{100}){10}){1}".repeat(n)), text("a", n)));
      add(builtin, n -> args(s("(a|aa)*".repeat(Math.min(n, 200)) + "b"), text("a", n)));
      add(builtin, n -> args(s("(?:a?){1000}".repeat(n)), text("a", n)));
      add(builtin, n -> args(s("(".repeat(n) + ")".repeat(n)), s("")));
      add(builtin, n -> args(s("()".repeat(n)), s("")));
      add(builtin, n -> args(s("[" + "\\pL".repeat(n) + "]"), s("a")));
      add(builtin, n -> args(s("(?i)[" + "\\x{42}-\\x{1e900}".repeat(n) + "]"), s("a")));
      add(builtin, n -> args(s("a|".repeat(n)), text("b", n)));
      add(builtin, n -> args(s("\\Q" + "a".repeat(n) + "\\E"), text("a", n)));
      add(builtin, n -> args(s("a{" + n + "," + n + "}"), text("a", n)));
    }
    add("regex.is_valid", n -> args(s("((a{500}){2}|b)".repeat(n))));
    add("regex.find_n", n -> args(s("(?:a.*b)?a"), text("a", n), RegoNumber.of(-1)));
    add("regex.find_n", n -> args(s(""), text("a", n), RegoNumber.of(-1)));
    add(
        "regex.find_all_string_submatch_n",
        n -> args(s("(a)".repeat(Math.min(n, 500))), text("a", n), RegoNumber.of(-1)));
    add("regex.split", n -> args(s("(?:a.*b)?a"), text("a", n)));
    add("regex.replace", n -> args(text("a", n), s("(a)"), s("$1".repeat(n))));
    add("regex.replace", n -> args(text("a", n), s("a"), text("bc", n)));
    add(
        "regex.template_match",
        n -> args(s("{" + "a?".repeat(n) + "}"), text("a", n), s("{"), s("}")));
    add("regex.globs_match", n -> args(s("a*".repeat(n)), s("[a-\uffff]*".repeat(n))));
    add("glob.match", n -> args(s("{a,b}*".repeat(n)), RegoArray.EMPTY, text("a", n)));
    add("glob.match", n -> args(s("?".repeat(n)), texts(1), text("a", n)));
    add(
        "glob.match",
        n -> args(s("{".repeat(n) + "a" + "}".repeat(n)), RegoNull.NULL, text("a", n)));
  }

  private void addDocuments() {
    for (String reader :
        List.of("json.unmarshal", "json.is_valid", "yaml.unmarshal", "yaml.is_valid")) {
      add(reader, n -> args(s("[".repeat(n))));
      add(reader, n -> args(s("[" + "[],".repeat(n) + "0]")));
      add(reader, n -> args(s("[" + "{\"a\":{}},".repeat(n) + "0]")));
      add(reader, n -> args(s("[" + "123456789012345678901,".repeat(n) + "0]")));
      add(reader, n -> args(s("{" + keys(n) + "}")));
    }
    add("yaml.unmarshal", n -> args(s(aliases(n))));
    add("yaml.unmarshal", n -> args(s("- ".repeat(n) + "a")));
    add("yaml.marshal", n -> args(RegoArray.of(deep(n), numbers(n))));
    add("json.marshal_with_options", n -> args(nestedTwice(n), indent(n)));
    add("json.match_schema", n -> args(numbers(n), s("{\"items\": {\"type\": \"string\"}}")));
    add(
        "json.match_schema",
        n -> args(deepObject(n), s("{\"additionalProperties\": {\"$ref\": \"#\"}}")));
    add("json.match_schema", n -> args(s("1"), s("{\"$ref\": \"#\"}")));
    add("json.match_schema", n -> args(s("[1]"), s(branching(n))));
    add(
        "json.match_schema",
        n -> args(s("[\"" + "a".repeat(n) + "\"]"), s("{\"items\": {\"pattern\": \"(a|aa)*b\"}}")));
    add(
        "json.match_schema",
        n -> args(s("[\"((a{1000}){1000}){1000}\"]"), s("{\"items\": {\"format\": \"regex\"}}")));
    add(
        "json.match_schema",
        n -> args(s("[1]"), s("{\"items\": {\"pattern\": \"" + "(a{9}){9}".repeat(n) + "\"}}")));
    add("json.verify_schema", n -> args(s(branching(n))));
    add("json.verify_schema", n -> args(s("{\"not\":".repeat(n) + "{}" + "}".repeat(n))));
  }
}
