package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts where statements set the variables of their function, and where they read them. */
final class VariableUses {
  private static final Set<String> NO_VARIABLES =
      Set.of("file", "row", "col", "index", "Index", "capacity");

  private final Map<Integer, Integer> writes = new HashMap<>();
  private final Map<Integer, Integer> reads = new HashMap<>();
  private final Set<Integer> readInPlace = new HashSet<>();

  int writes(int variable) {
    return writes.getOrDefault(variable, 0);
  }

  int reads(int variable) {
    return reads.getOrDefault(variable, 0);
  }

  /** Whether a statement reads it that takes no constant instead. */
  boolean isReadInPlace(int variable) {
    return readInPlace.contains(variable);
  }

  /** Whether all that is read is set there, too, or one of {@code others}. */
  boolean needNothingBut(int... others) {
    Set<Integer> needed = new HashSet<>(reads.keySet());
    needed.removeAll(writes.keySet());
    return Arrays.stream(others).boxed().toList().containsAll(needed);
  }

  void addBlocks(JsonNode blocks) {
    blocks.forEach(this::addBlock);
  }

  void addBlock(JsonNode block) {
    block.path("stmts").forEach(this::add);
  }

  /** Adds a statement, and those inside it. */
  void add(JsonNode statement) {
    String type = statement.path("type").asText();
    JsonNode fields = statement.path("stmt");
    fields.properties().forEach(field -> addField(type, field.getKey(), field.getValue()));
    addBlock(fields.path("block"));
    addBlocks(fields.path("blocks"));
  }

  private void addField(String type, String name, JsonNode value) {
    if (value.isObject()) {
      addOperand(value);
    } else if (name.equals("args")) {
      value.forEach(arg -> addArgument(arg));
    } else if (name.equals("path")) {
      value.forEach(this::addOperand); // the names in the path of a with are mere numbers
    } else if (value.isInt() && !NO_VARIABLES.contains(name)) {
      addVariable(type, name, value.intValue());
    }
  }

  private void addArgument(JsonNode argument) {
    if (argument.isInt()) {
      readInPlace(argument.intValue());
    } else {
      addOperand(argument);
    }
  }

  private void addOperand(JsonNode operand) {
    if (operand.path("type").asText().equals("local")) {
      reads.merge(operand.path("value").asInt(), 1, Integer::sum);
    }
  }

  private void addVariable(String type, String name, int variable) {
    switch (type) {
      case "MakeNumberIntStmt", "AssignIntStmt" -> {
        if (name.equals("target")) {
          writes.merge(variable, 1, Integer::sum);
        }
      }
      case "ScanStmt" -> {
        if (name.equals("source")) {
          readInPlace(variable);
        } else {
          writes.merge(variable, 1, Integer::sum);
        }
      }
      case "WithStmt" -> {
        writes.merge(variable, 1, Integer::sum);
        readInPlace(variable);
      }
      default -> {
        if (name.equals("target") || name.equals("result")) {
          writes.merge(variable, 1, Integer::sum);
        } else {
          readInPlace(variable);
        }
      }
    }
  }

  private void readInPlace(int variable) {
    reads.merge(variable, 1, Integer::sum);
    readInPlace.add(variable);
  }
}
