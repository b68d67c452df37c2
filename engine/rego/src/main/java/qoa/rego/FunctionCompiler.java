package qoa.rego;

import static qoa.rego.value.RegoValue.Type.ARRAY;
import static qoa.rego.value.RegoValue.Type.OBJECT;
import static qoa.rego.value.RegoValue.Type.SET;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.rego.builtins.Builtin;
import qoa.rego.builtins.Builtins;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/**
 * Compiles the statements of one function, or of a part of one that shares no variables with the
 * others: gives its variables slots, resolves what it calls.
 */
final class FunctionCompiler {
  private final PlanCompiler plan;
  private final boolean isRule;

  /** The plan's numbers of the variables to the frame's slots; slot 0 is the result's. */
  private final Map<Integer, Integer> slots = new HashMap<>();

  private final JsonNode blocks;
  private final Aliases aliases;

  /** The values of variables that are constants. */
  private final Map<Integer, Operand> constants = new HashMap<>();

  FunctionCompiler(PlanCompiler plan, JsonNode blocks, int... parameters) {
    this.plan = plan;
    this.blocks = blocks;
    this.aliases = new Aliases(blocks, parameters);
    this.isRule = parameters.length == 2;
    for (int parameter : parameters) {
      slot(parameter);
    }
  }

  int frameSize() {
    return slots.size() + 1;
  }

  /** Compiles the blocks. */
  Function.Body body() {
    return new Function.Blocks(blocks(blocks));
  }

  /** Compiles the only block, which is one of a definition's. */
  Definitions.Alternative alternative() {
    List<JsonNode> statements = needed(blocks.get(0).path("stmts"));
    int last = statements.size() - 1;
    return new Definitions.Alternative(
        compiled(statements.subList(1, last)),
        operand(statements.get(last).path("stmt"), "source"));
  }

  private Statement[][] blocks(JsonNode blocks) {
    Statement[][] compiled = new Statement[blocks.size()][];
    for (int i = 0; i < compiled.length; i++) {
      compiled[i] = block(blocks.get(i));
    }
    return compiled;
  }

  private Statement[] block(JsonNode block) {
    return compiled(needed(block.path("stmts")));
  }

  private Statement[] compiled(List<JsonNode> statements) {
    List<Statement> compiled = new ArrayList<>(statements.size());
    int at = 0;
    while (at < statements.size()) {
      JsonNode fields = statements.get(at).path("stmt");
      String type = typeAt(statements, at);
      int dots = chainedDots(statements, at);
      int parts = literalParts(statements, at);
      if (dots > 1) {
        compiled.add(dotChain(statements.subList(at, at + dots)));
        at += dots;
      } else if (parts > 0) {
        compiled.add(literal(fields, statements.subList(at + 1, at + 1 + parts)));
        at += 1 + parts;
      } else if (type.equals("CallStmt") && mustHold(fields, statements, at + 1)) {
        compiled.add(call(fields, true));
        at += 2;
      } else {
        compiled.add(statement(type, fields));
        at++;
      }
    }
    return compiled.toArray(Statement[]::new);
  }

  /** The statements without those that set copies and constants, of which it takes note. */
  private List<JsonNode> needed(JsonNode statements) {
    List<JsonNode> needed = new ArrayList<>(statements.size());
    for (JsonNode statement : statements) {
      if (!aliases.isNeedless(statement)) {
        needed.add(statement);
      } else {
        noteConstant(statement.path("type").asText(), statement.path("stmt"));
      }
    }
    return needed;
  }

  private void noteConstant(String type, JsonNode s) {
    int target = s.path("target").asInt();
    switch (type) {
      case "MakeNullStmt" -> constants.put(target, Operand.constant(RegoNull.NULL));
      case "MakeNumberIntStmt" ->
          constants.put(target, Operand.constant(RegoNumber.of(s.path("value").asLong())));
      case "MakeNumberRefStmt" ->
          constants.put(target, Operand.constant(plan.constants().number(numberIndex(s))));
      default -> {
        if (aliases.original(target) == target) {
          constants.put(target, operand(s, "source"));
        }
      }
    }
  }

  private static String typeAt(List<JsonNode> statements, int at) {
    return at < statements.size() ? statements.get(at).path("type").asText() : "";
  }

  private JsonNode fieldsAt(List<JsonNode> statements, int at) {
    return at < statements.size() ? statements.get(at).path("stmt") : MissingNode.getInstance();
  }

  /** How many of the statements after the start of a collection add to it what is known. */
  private int literalParts(List<JsonNode> statements, int at) {
    boolean object = typeAt(statements, at).equals("MakeObjectStmt");
    if (!object && !typeAt(statements, at).equals("MakeArrayStmt")) {
      return 0;
    }
    JsonNode target = fieldsAt(statements, at).path("target");
    Set<JsonNode> keys = new HashSet<>();
    int end = at + 1;
    while (typeAt(statements, end).equals(object ? "ObjectInsertStmt" : "ArrayAppendStmt")
        && fieldsAt(statements, end).path(object ? "object" : "array").equals(target)
        && (!object || isNewName(fieldsAt(statements, end).path("key"), keys))) {
      end++;
    }
    return end - at - 1;
  }

  private static boolean isNewName(JsonNode key, Set<JsonNode> keys) {
    return key.path("type").asText().equals("string_index") && keys.add(key);
  }

  private Statement literal(JsonNode start, List<JsonNode> parts) {
    Operand[] values = new Operand[parts.size()];
    RegoValue[] keys = new RegoValue[parts.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode part = parts.get(i).path("stmt");
      values[i] = operand(part, "value");
      keys[i] = part.has("key") ? plan.constants().string(part.at("/key/value").asInt()) : null;
    }
    int target = slot(start, "target");
    return parts.get(0).path("type").asText().equals("ObjectInsertStmt")
        ? new LiteralStatements.MakeObject(keys, values, target)
        : new LiteralStatements.MakeArray(values, target);
  }

  /** Whether the statement after a call is the compiler's test that the result is not false. */
  private boolean mustHold(JsonNode call, List<JsonNode> statements, int next) {
    JsonNode a = fieldsAt(statements, next).path("a");
    JsonNode b = fieldsAt(statements, next).path("b");
    return typeAt(statements, next).equals("NotEqualStmt")
        && a.path("type").asText().equals("local")
        && aliases.original(a.path("value").asInt()) == call.path("result").asInt()
        && b.path("type").asText().equals("bool")
        && !b.path("value").asBoolean();
  }

  /** How many lookups stand there one after the other, each in what the one before it found. */
  private int chainedDots(List<JsonNode> statements, int from) {
    int end = from;
    while (typeAt(statements, end).equals("DotStmt")
        && (end == from
            || readsResult(
                fieldsAt(statements, end).path("source"), fieldsAt(statements, end - 1)))) {
      end++;
    }
    return end - from;
  }

  private boolean readsResult(JsonNode source, JsonNode dot) {
    return source.path("type").asText().equals("local")
        && aliases.original(source.path("value").asInt()) == dot.path("target").asInt();
  }

  private Statement dotChain(List<JsonNode> dots) {
    Operand source = operand(dots.get(0).path("stmt"), "source");
    Operand[] keys = new Operand[dots.size()];
    int[] targets = new int[dots.size()];
    for (int i = 0; i < keys.length; i++) {
      JsonNode dot = dots.get(i).path("stmt");
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
      case "local" -> {
        Operand constant = constants.get(aliases.original(value.asInt()));
        yield constant != null ? constant : Operand.slot(slot(value.asInt()));
      }
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
    return slots.computeIfAbsent(aliases.original(local), l -> slots.size() + 1);
  }
}
