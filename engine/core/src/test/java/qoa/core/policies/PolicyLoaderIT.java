package qoa.core.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.core.documents.ProblemsException;
import qoa.testing.HostileFiles;

class PolicyLoaderIT {

  private static final String V1 =
      """
      package my.shop # package not.this

      violation contains {"message": "slow"} if input.x > 3
      """;

  /** In the style of existing v0 policies. */
  private static final String V0 =
      """
      # package not.this
      package old["the-shop"].rules

      import data.contracts

      default contract_violation = false

      contract_violation = true { count(violation) > 0 }

      is_stakeholders[s.id] { s := contracts[_].stakeholders[_] }

      violation[[input.client_info, "text"]] { input.x > 3 }

      grade(x) = "bad" { x > 3 } else = "good" { true }

      all_small { not any_large }

      any_large { input.values[_] > 3 }
      """;

  @TempDir Path folder;

  @Test
  void readsModules_inOrderOfPaths() throws Exception {
    write("shop/shop.rego", V1);
    write("b.rego", "package b\n\nimport data.my.shop\n\nok if count(shop.violation) == 0\n");
    write("shop/shop_test.rego", "package broken {");
    write(".hidden/x.rego", "package broken {");
    write("readme.md", "package broken {");
    assertThat(PolicyLoader.load(folder).modules())
        .containsExactly(
            new PolicyModule("b.rego", "b", Files.readString(folder.resolve("b.rego")), false),
            new PolicyModule("shop/shop.rego", "my.shop", V1, false));
  }

  @Test
  void rewritesOldFiles_soThatTheyMeanTheSame() throws Exception {
    write("a.rego", V1);
    write("old.rego", V0);
    PolicyModule old = PolicyLoader.load(folder).modules().get(1);
    assertThat(old.rewritten()).isTrue();
    assertThat(old.packageName()).isEqualTo("old[\"the-shop\"].rules");
    Path rewritten = Files.writeString(folder.resolve("rewritten.rego"), old.source());
    Path input =
        Files.writeString(
            folder.resolve("input.json"),
            "{\"x\": 4, \"client_info\": {\"id\": \"c\"}, \"values\": [1, 2]}");
    OpaBinary.Result result =
        OpaBinary.locate()
            .run(
                folder,
                Duration.ofSeconds(10),
                "eval",
                "--format",
                "raw",
                "--data",
                rewritten.toString(),
                "--input",
                input.toString(),
                "[p.contract_violation, p.violation, p.grade(1), p.all_small]"
                    .replace("p.", "data.old[\"the-shop\"].rules."));
    assertThat(result.output().replaceAll("\\s", ""))
        .isEqualTo("[true,[[{\"id\":\"c\"},\"text\"]],\"good\",true]");
  }

  @Test
  void rewritesOldFiles_howeverManyTheyAre() throws Exception {
    for (int i = 0; i < 150; i++) {
      write(i + ".rego", V0.replace("the-shop", "shop-" + i));
    }
    assertThat(PolicyLoader.load(folder).modules()).hasSize(150).allMatch(PolicyModule::rewritten);
  }

  @Test
  void isEmpty_whenThereIsNoPolicy() throws Exception {
    assertThat(PolicyLoader.load(folder).modules()).isEmpty();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("v1", "package a\n\nok if {\n  input.x >\n}\n", "5:1: unexpected } token"),
        arguments("not Rego", "id: x\n", "1:3: unexpected : token"),
        arguments("nothing", "# nothing\n", " empty module"),
        arguments("unsafe", "package a\n\nok if x > 3\n", "3:7: var x is unsafe"),
        arguments("undefined", "package a\n\nok if nope(1)\n", "3:7: undefined function nope"),
        arguments("type", "package a\n\nok if count(1) > 1\n", "3:7: count: invalid argument(s)"),
        arguments(
            "recursion",
            "package a\n\np if q\n\nq if p\n",
            "3:1: rule data.a.p is recursive: data.a.p -> data.a.q -> data.a.p"),
        arguments(
            "network",
            "package a\n\nok if http.send({}).status_code == 200\n",
            "3:7: http.send is not allowed: policies have no access to the network or the environment"),
        arguments(
            "environment",
            "package a\n\nok if opa.runtime().env.HOME\n",
            "3:7: opa.runtime is not allowed: policies have no access to the network or the"
                + " environment"),
        arguments(
            "names",
            "package a\n\nok if net.lookup_ip_addr(\"x\")\n",
            "3:7: net.lookup_ip_addr is not allowed: policies have no access to the network or the"
                + " environment"),
        arguments(
            "schema that is fetched",
            "package a\n\nok if json.match_schema({}, input)[0]\n",
            "3:7: json.match_schema is not allowed: policies have no access to the network or the"
                + " environment"),
        arguments(
            "the clock",
            "package a\n\nok if time.now_ns() > 0\n",
            "3:7: time.now_ns is not allowed: a replay of the same reports would give other verdicts; for the"
                + " time, use input.window"),
        arguments(
            "chance",
            "package a\n\nok if rand.intn(\"a\", 2) == 0\n",
            "3:7: rand.intn is not allowed: a replay of the same reports would give other verdicts; for the"
                + " time, use input.window"),
        arguments(
            "a new id",
            "package a\n\nok if uuid.rfc4122(\"a\") != \"\"\n",
            "3:7: uuid.rfc4122 is not allowed: a replay of the same reports would give other verdicts; for the"
                + " time, use input.window"),
        arguments(
            "v0, unsafe, where rewriting moves the line",
            "package a\np { true }\nq[x] {\n\n\n    y == 1;\n    x := 1 }\n",
            "6:5: var y is unsafe"),
        arguments(
            "v0, undefined",
            "package a\nimport data.b\np[x] { x := 1 }\nq { nope(b.x) }\n",
            "4:5: undefined function nope"),
        arguments(
            "v0, network",
            "package a\nq { http.send({}) }\n",
            "2:5: http.send is not allowed: policies have no access to the network or the"
                + " environment"),
        arguments(
            "v0 style and v1 style in one file",
            "package a\n\nimport rego.v1\n\nq[x] { x := 1 }\n",
            "5:1: `contains` keyword is required for partial set rules"),
        arguments(
            "OPA's own",
            "package system.authz\n\nallow := true\n",
            " package system.authz is reserved for OPA; choose another"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void namesFileLineAndWhatIsWrong(String kind, String source, String message) throws Exception {
    write("good.rego", V1);
    write("old.rego", V0);
    write("sub/bad.rego", source);
    assertThat(problems())
        .anyMatch(problem -> problem.startsWith("sub/bad.rego:" + message))
        .allMatch(problem -> problem.startsWith("sub/bad.rego:"));
  }

  @Test
  void namesOneMistakeOnce_whateverFollowsFromIt() throws Exception {
    write("list.rego", "package a\n\nok := [1, 2\n");
    write("text.rego", "package b\n\nok := \"abc\n");
    write("twice.rego", "package c\n\nok if nope(1) > nope(2)\n\nok if nope(3)\n");
    assertThat(problems())
        .containsExactly(
            "list.rego:4: unexpected eof token: expected \",\" or \"]\"",
            "text.rego:3:7: non-terminated string");
    write("list.rego", "package a\n");
    write("text.rego", "package b\n");
    assertThat(problems())
        .containsExactly(
            "twice.rego:3:7: undefined function nope", "twice.rego:5:7: undefined function nope");
  }

  @Test
  void reportsAllFilesAtOnce_inOrder() throws Exception {
    write("c.rego", "package c\n\nok if {");
    write("a.rego", "package a\n\nok if {");
    write("b.rego", V0);
    assertThat(problems())
        .extracting(problem -> problem.substring(0, 8))
        .containsExactly("a.rego:3", "c.rego:3");
  }

  @Test
  void saysSo_whenTheFolderIsNotThere() {
    folder = folder.resolve("none");
    assertThat(problems()).containsExactly(" no such folder or file; check the path");
  }

  @Test
  void readsOneFile_orAnyWhateverTheCaseOfItsExtension() throws Exception {
    write("Upper.REGO", "package upper\n\nmet contains \"x\"\n");
    write("ignored_TEST.Rego", "this is no policy");

    assertThat(PolicyLoader.load(folder).packages()).containsExactly("upper");

    PolicySet one = PolicyLoader.load(folder.resolve("Upper.REGO"));
    assertThat(one.modules()).extracting(PolicyModule::path).containsExactly("Upper.REGO");
  }

  /** {@code opa eval --bundle} would load it, and the policy would give another result. */
  @Test
  void refusesData_thatOpaWouldLoad() throws Exception {
    write("a.rego", "package a\n\nmet contains \"x\"\n");
    write("data.json", "{}");
    write("team/b/data.yaml", "x: 1");
    write("other.json", "{}");

    assertThat(problems())
        .extracting(problem -> problem.replaceFirst(", which OPA would do: .*", ""))
        .containsExactly(
            "data.json: is not loaded as data", "team/b/data.yaml: is not loaded as data.team.b");
  }

  @Test
  void namesEveryFile_thatCannotBeRead() throws Exception {
    write("a.rego", "package a\n");
    HostileFiles.PIPE.put(folder.resolve("b.rego"));
    HostileFiles.NOT_TEXT.put(folder.resolve("c.rego"));
    HostileFiles.LINK_WITHOUT_TARGET.put(folder.resolve("d.rego"));

    assertThat(problems())
        .extracting(problem -> problem.substring(0, 7))
        .containsExactlyInAnyOrder("b.rego:", "c.rego:", "d.rego:");
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** The problems, without the folder. */
  private List<String> problems() {
    return catchThrowableOfType(ProblemsException.class, () -> PolicyLoader.load(folder))
        .problems()
        .stream()
        .map(problem -> problem.toString().substring(folder.toString().length() + 1))
        .toList();
  }
}
