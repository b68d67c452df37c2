package qoa.rego.compiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.machine.RunState;
import qoa.rego.plan.Location;
import qoa.rego.plan.Policy;
import qoa.rego.plan.Statement;
import qoa.rego.value.RegoValue;

/** The body of a rule or function that tells the evaluation's listener when it is computed. */
final class TracedBody implements CompiledFunction.Body {
  /** Input and data, in the slots after that of the result. */
  private static final int CONTEXT = 2;

  private final CompiledFunction.Body body;
  private final String name;
  private final Location location;
  private final int parameters;

  TracedBody(Policy.Function source, CompiledFunction.Body body) {
    this.body = body;
    this.name = name(source);
    this.location =
        source.blocks().stream()
            .flatMap(block -> block.statements().stream())
            .flatMap(TracedBody::withNested)
            .map(Statement::location)
            .filter(Location::isKnown)
            .findFirst()
            .orElse(Location.UNKNOWN);
    this.parameters = source.parameters().size();
  }

  /** As a policy writes it: the plan has a generation in place of {@code data}. */
  private static String name(Policy.Function source) {
    List<String> path = new ArrayList<>(source.path());
    if (path.isEmpty()) {
      return source.name();
    }
    path.set(0, "data");
    return String.join(".", path);
  }

  private static Stream<Statement> withNested(Statement statement) {
    return Stream.concat(
        Stream.of(statement),
        statement.blocks().stream()
            .flatMap(block -> block.statements().stream())
            .flatMap(TracedBody::withNested));
  }

  @Override
  public RegoValue run(RegoValue[] frame, RunState evaluation) {
    List<RegoValue> operands =
        Collections.unmodifiableList(
            Arrays.asList(Arrays.copyOfRange(frame, 1 + CONTEXT, 1 + parameters)));
    evaluation.listener().enter(name, location, operands);
    RegoValue result = body.run(frame, evaluation);
    evaluation.listener().leave(name, location, operands, result);
    return result;
  }

  @Override
  public int size() {
    return body.size();
  }
}
