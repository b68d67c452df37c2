package qoa.engine.evaluate.plan;

import static qoa.engine.evaluate.plan.value.RegoValue.Type.ARRAY;
import static qoa.engine.evaluate.plan.value.RegoValue.Type.OBJECT;
import static qoa.engine.evaluate.plan.value.RegoValue.Type.SET;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.engine.evaluate.plan.builtins.Builtin;
import qoa.engine.evaluate.plan.builtins.Builtins;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** Compiles the statements of one function: gives its variables slots, resolves what it calls. */
final class FunctionCompiler {
  private final PlanCompiler plan;
  private final boolean isRule;

  /** The plan's numbers of the variables to the frame's slots; slot 0 is the result's. */
  private final Map<Integer, Integer> slots = new HashMap<>();

  FunctionCompiler(PlanCompiler plan, int... parameters) {
    this.plan = plan;
    this.isRule = parameters.length == 2;
    for (int parameter : parameters) {
      slot(parameter);
    }
  }

  int frameSize() {
    return slots.size() + 1;
  }

  Statement[][] blocks(JsonNode blocks) {
    Statement[][] compiled = new Statement[blocks.size()][];
    for (int i = 0; i < compiled.length; i++) {
      compiled[i] = block(blocks.get(i));
    }
    return compiled;
  }

  private Statement[] block(JsonNode block) {
    JsonNode statements = block.path("stmts");
    List<Statement> compiled = new ArrayList<>(statements.size());
    int at = 0;
    while (at < statements.size()) {
      JsonNode statement = statements.get(at);
      String type = statement.path("type").asText();
      JsonNode fields = statement.path("stmt");
      int dots = chainedDots(statements, at);
      if (dots > 1) {
        compiled.add(dotChain(statements, at, dots));
        at += dots;
      } else if (type.equals("CallStmt") && mustHold(fields, statements.path(at + 1))) {
        compiled.add(call(fields, true));
        at += 2;
      } else {
        compiled.add(statement(type, fields));
        at++;
      }
    }
    return compiled.toArray(Statement[]::new);
  }

  /** Whether the statement after a call is the compiler's test that the result is not false. */
  private static boolean mustHold(JsonNode call, JsonNode next) {
    JsonNode a = next.at("/stmt/a");
    JsonNode b = next.at("/stmt/b");
    return next.path("type").asText().equals("NotEqualStmt")
        && a.path("type").asText().equals("local")
        && a.path("value").equals(call.path("result"))
        && b.path("type").asText().equals("bool")
        && !b.path("value").asBoolean();
  }

  /** How many lookups stand there one after the other, each in what the one before it found. */
  private static int chainedDots(JsonNode statements, int from) {
    int end = from;
    while (statements.at("/" + end + "/type").asText().equals("DotStmt")
        && (end == from
            || (statements.at("/" + end + "/stmt/source/type").asText().equals("local")
                && statements
                    .at("/" + end + "/stmt/source/value")
                    .equals(statements.at("/" + (end - 1) + "/stmt/target"))))) {
      end++;
    }
    return end - from;
  }

  private Statement dotChain(JsonNode statements, int from, int length) {
    Operand source = operand(statements.get(from).path("stmt"), "source");
    Operand[] keys = new Operand[length];
    int[] targets = new int[length];
    for (int i = 0; i < length; i++) {
      JsonNode dot = statements.get(from + i).path("stmt");
      keys[i] = operand(dot, "key");
      targets[i] = slot(dot, "target");
    }
    return new VariableStatements.DotChain(source, keys, targets);
  }

  private Statement statement(String type, JsonNode s) {
    return switch (type) {
      case "ArrayAppendStmt" ->
          new CollectionStatements.Append(operand(s, "value"), slot(s, "array"));
      case "AssignIntStmt", "MakeNumberIntStmt" ->
          constant(RegoNumber.of(s.path("value").asLong()), s);
      case "AssignVarOnceStmt" ->
          new VariableStatements.AssignOnce(
              operand(s, "source"), slot(s, "target"), isRule, plan.constants().location(s));
      case "AssignVarStmt" ->
          new VariableStatements.Assign(operand(s, "source"), slot(s, "target"));
      case "BlockStmt" -> new BlockStatements.Blocks(blocks(s.path("blocks")));
      case "BreakStmt" -> new BlockStatements.Break(s.path("index").asInt());
      case "CallDynamicStmt" -> callDynamic(s);
      case "CallStmt" -> call(s, false);
      case "DotStmt" ->
          new VariableStatements.Dot(operand(s, "source"), operand(s, "key"), slot(s, "target"));
      case "EqualStmt" -> new CheckStatements.Equal(operand(s, "a"), operand(s, "b"));
      case "IsArrayStmt" -> new CheckStatements.IsType(operand(s, "source"), ARRAY);
      case "IsDefinedStmt" -> new CheckStatements.IsDefined(slot(s, "source"), true);
      case "IsObjectStmt" -> new CheckStatements.IsType(operand(s, "source"), OBJECT);
      case "IsSetStmt" -> new CheckStatements.IsType(operand(s, "source"), SET);
      case "IsUndefinedStmt" -> new CheckStatements.IsDefined(slot(s, "source"), false);
      case "LenStmt" -> new VariableStatements.Length(operand(s, "source"), slot(s, "target"));
      case "MakeArrayStmt" ->
          new CollectionStatements.Make(ARRAY, s.path("capacity").asInt(), slot(s, "target"));
      case "MakeNullStmt" -> constant(RegoNull.NULL, s);
      case "MakeNumberRefStmt" -> constant(plan.constants().number(numberIndex(s)), s);
      case "MakeObjectStmt" -> new CollectionStatements.Make(OBJECT, 2, slot(s, "target"));
      case "MakeSetStmt" -> new CollectionStatements.Make(SET, 2, slot(s, "target"));
      case "NopStmt" -> new BlockStatements.Blocks(new Statement[0][]);
      case "NotEqualStmt" -> new CheckStatements.NotEqual(operand(s, "a"), operand(s, "b"));
      case "NotStmt" -> new BlockStatements.Not(block(s.path("block")));
      case "ObjectInsertOnceStmt" ->
          new CollectionStatements.InsertOnce(
              operand(s, "key"),
              operand(s, "value"),
              slot(s, "object"),
              plan.constants().location(s));
      case "ObjectInsertStmt" ->
          new CollectionStatements.Insert(
              operand(s, "key"), operand(s, "value"), slot(s, "object"));
      case "ObjectMergeStmt" ->
          new CollectionStatements.Merge(slot(s, "a"), slot(s, "b"), slot(s, "target"));
      case "ResetLocalStmt" -> new VariableStatements.Reset(slot(s, "target"));
      case "ResultSetAddStmt" -> new BlockStatements.AddResult(slot(s, "value"));
      case "ReturnLocalStmt" -> new BlockStatements.Return(slot(s, "source"));
      case "ScanStmt" ->
          new BlockStatements.Scan(
              slot(s, "source"), slot(s, "key"), slot(s, "value"), block(s.path("block")));
      case "SetAddStmt" -> new CollectionStatements.Add(operand(s, "value"), slot(s, "set"));
      case "WithStmt" ->
          new With(slot(s, "local"), path(s), operand(s, "value"), block(s.path("block")));
      default -> throw new PlanFormatException("unknown statement: " + type);
    };
  }

  private Statement constant(RegoValue value, JsonNode s) {
    return new VariableStatements.Assign(Operand.constant(value), slot(s, "target"));
  }

  /** Newer compilers write {@code index}, older ones {@code Index}, most both. */
  private static int numberIndex(JsonNode s) {
    return s.has("index") ? s.get("index").asInt() : s.path("Index").asInt();
  }

  private RegoString[] path(JsonNode s) {
    RegoString[] names = new RegoString[s.path("path").size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = plan.constants().string(s.path("path").get(i).asInt());
    }
    return names;
  }

  private Statement callDynamic(JsonNode s) {
    JsonNode args = s.path("args");
    return new CallStatements.CallDynamic(
        plan.rules(),
        operands(s.path("path")),
        Operand.slot(slot(args.path(0).asInt())),
        Operand.slot(slot(args.path(1).asInt())),
        slot(s, "result"));
  }

  private Statement call(JsonNode s, boolean mustHold) {
    String name = s.path("func").asText();
    Operand[] args = operands(s.path("args"));
    int result = slot(s, "result");
    Function function = plan.function(name);
    if (function != null) {
      return function.isRule()
          ? new CallStatements.CallRule(function, args[0], args[1], result, mustHold)
          : new CallStatements.CallFunction(function, args, result, mustHold);
    }
    Location location = plan.constants().location(s);
    Builtin builtin = Builtins.find(name);
    if (builtin == null || builtin.arity() != args.length) {
      plan.missing(name, args.length, location);
      return new BlockStatements.Break(0);
    }
    return CallStatements.CallBuiltin.of(
        builtin,
        args,
        plan.constants().hasResult(name) ? result : -1,
        new CallStatements.Site(name, location, mustHold));
  }

  private Operand[] operands(JsonNode list) {
    Operand[] operands = new Operand[list.size()];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = operand(list.get(i));
    }
    return operands;
  }

  private Operand operand(JsonNode statement, String name) {
    return operand(statement.path(name));
  }

  private Operand operand(JsonNode operand) {
    JsonNode value = operand.path("value");
    return switch (operand.path("type").asText()) {
      case "local" -> Operand.slot(slot(value.asInt()));
      case "string_index" -> Operand.constant(plan.constants().string(value.asInt()));
      case "bool" -> Operand.constant(RegoBoolean.of(value.asBoolean()));
      default -> throw new PlanFormatException("unknown operand: " + operand);
    };
  }

  private int slot(JsonNode statement, String name) {
    JsonNode local = statement.path(name);
    if (!local.canConvertToInt()) {
      throw new PlanFormatException("no variable " + name + " in " + statement);
    }
    return slot(local.intValue());
  }

  private int slot(int local) {
    return slots.computeIfAbsent(local, l -> slots.size() + 1);
  }
}
