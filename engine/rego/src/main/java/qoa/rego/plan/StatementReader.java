package qoa.rego.plan;

import static qoa.rego.plan.PlanReader.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Reads statements, and the blocks that hold them. */
final class StatementReader {
  private final Constants constants;

  StatementReader(Constants constants) {
    this.constants = constants;
  }

  List<Block> blocks(JsonNode blocks) {
    return list(blocks, this::block);
  }

  private Block block(JsonNode block) {
    return new Block(list(block.path("stmts"), this::statement));
  }

  private Statement statement(JsonNode statement) {
    Fields f = new Fields(statement.path("stmt"));
    Location at = f.location(constants.files());
    String type = statement.path("type").asText();
    return switch (type) {
      case "AssignIntStmt", "AssignVarOnceStmt", "AssignVarStmt", "DotStmt", "LenStmt" ->
          variable(type, f, at);
      case "MakeNullStmt", "MakeNumberIntStmt", "MakeNumberRefStmt", "ResetLocalStmt" ->
          constant(type, f, at);
      case "EqualStmt", "IsArrayStmt", "IsDefinedStmt", "IsObjectStmt" -> check(type, f, at);
      case "IsSetStmt", "IsUndefinedStmt", "NotEqualStmt" -> check(type, f, at);
      case "ArrayAppendStmt", "MakeArrayStmt", "MakeObjectStmt", "MakeSetStmt" ->
          collection(type, f, at);
      case "ObjectInsertOnceStmt", "ObjectInsertStmt", "ObjectMergeStmt", "SetAddStmt" ->
          collection(type, f, at);
      case "CallStmt" ->
          new CallStatement.Call(f.text("func"), f.operands("args"), f.variable("result"), at);
      case "CallDynamicStmt" -> callDynamic(f, at);
      default -> block(type, f, at);
    };
  }

  private static Statement variable(String type, Fields f, Location at) {
    int target = f.variable("target");
    return switch (type) {
      case "AssignIntStmt" -> new VariableStatement.AssignInt(f.integer("value"), target, at);
      case "AssignVarOnceStmt" ->
          new VariableStatement.AssignVarOnce(f.operand("source"), target, at);
      case "AssignVarStmt" -> new VariableStatement.AssignVar(f.operand("source"), target, at);
      case "DotStmt" ->
          new VariableStatement.Dot(f.operand("source"), f.operand("key"), target, at);
      default -> new VariableStatement.Len(f.operand("source"), target, at);
    };
  }

  private Statement constant(String type, Fields f, Location at) {
    int target = f.variable("target");
    return switch (type) {
      case "MakeNullStmt" -> new VariableStatement.MakeNull(target, at);
      case "MakeNumberIntStmt" ->
          new VariableStatement.MakeNumberInt(f.integer("value"), target, at);
      case "MakeNumberRefStmt" -> new VariableStatement.MakeNumberRef(f.index(), target, at);
      default -> new VariableStatement.ResetLocal(target, at);
    };
  }

  private static Statement check(String type, Fields f, Location at) {
    return switch (type) {
      case "EqualStmt" -> new CheckStatement.Equal(f.operand("a"), f.operand("b"), at);
      case "IsArrayStmt" -> new CheckStatement.IsArray(f.operand("source"), at);
      case "IsDefinedStmt" -> new CheckStatement.IsDefined(f.variable("source"), at);
      case "IsObjectStmt" -> new CheckStatement.IsObject(f.operand("source"), at);
      case "IsSetStmt" -> new CheckStatement.IsSet(f.operand("source"), at);
      case "IsUndefinedStmt" -> new CheckStatement.IsUndefined(f.variable("source"), at);
      default -> new CheckStatement.NotEqual(f.operand("a"), f.operand("b"), at);
    };
  }

  private static Statement collection(String type, Fields f, Location at) {
    return switch (type) {
      case "ArrayAppendStmt" ->
          new CollectionStatement.ArrayAppend(f.operand("value"), f.variable("array"), at);
      case "MakeArrayStmt" ->
          new CollectionStatement.MakeArray((int) f.integer("capacity"), f.variable("target"), at);
      case "MakeObjectStmt" -> new CollectionStatement.MakeObject(f.variable("target"), at);
      case "MakeSetStmt" -> new CollectionStatement.MakeSet(f.variable("target"), at);
      case "ObjectInsertOnceStmt" ->
          new CollectionStatement.ObjectInsertOnce(
              f.operand("key"), f.operand("value"), f.variable("object"), at);
      case "ObjectInsertStmt" ->
          new CollectionStatement.ObjectInsert(
              f.operand("key"), f.operand("value"), f.variable("object"), at);
      case "ObjectMergeStmt" ->
          new CollectionStatement.ObjectMerge(
              f.variable("a"), f.variable("b"), f.variable("target"), at);
      default -> new CollectionStatement.SetAdd(f.operand("value"), f.variable("set"), at);
    };
  }

  private static Statement callDynamic(Fields f, Location at) {
    List<Integer> arguments = f.variables("args");
    if (arguments.size() != 2) {
      throw new PlanFormatException("not the variables of input and data in " + f.json());
    }
    return new CallStatement.CallDynamic(f.operands("path"), arguments, f.variable("result"), at);
  }

  private Statement block(String type, Fields f, Location at) {
    return switch (type) {
      case "BlockStmt" -> new BlockStatement.Blocks(blocks(f.at("blocks")), at);
      case "BreakStmt" -> new BlockStatement.Break((int) f.integer("index"), at);
      case "NopStmt" -> new BlockStatement.Nop(at);
      case "NotStmt" -> new BlockStatement.Not(block(f.at("block")), at);
      case "ResultSetAddStmt" -> new BlockStatement.ResultSetAdd(f.variable("value"), at);
      case "ReturnLocalStmt" -> new BlockStatement.ReturnLocal(f.variable("source"), at);
      case "ScanStmt" ->
          new BlockStatement.Scan(
              f.variable("source"),
              f.variable("key"),
              f.variable("value"),
              block(f.at("block")),
              at);
      case "WithStmt" ->
          new BlockStatement.With(
              f.variable("local"),
              f.variables("path"),
              f.operand("value"),
              block(f.at("block")),
              at);
      default -> throw new PlanFormatException("unknown statement: " + type);
    };
  }
}
