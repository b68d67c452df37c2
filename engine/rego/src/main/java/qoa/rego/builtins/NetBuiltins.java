package qoa.rego.builtins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** {@code net.cidr_*}: arithmetic on addresses; nothing is looked up. */
final class NetBuiltins {
  private static final int PARSE_STEPS = 16;

  /** Elements of a list that are moved up where one is taken out. */
  private static final int MOVED_PER_STEP = 256;

  private NetBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("net.cidr_contains", Cost.OWN, (c, a, b) -> RegoBoolean.of(contains(c, a, b)))
        .add2("net.cidr_overlap", Cost.OWN, (c, a, b) -> RegoBoolean.of(contains(c, a, b)))
        .add2("net.cidr_intersects", Cost.OWN, (c, a, b) -> RegoBoolean.of(intersects(c, a, b)))
        .add2("net.cidr_contains_matches", Cost.OWN, NetBuiltins::containsMatches)
        .add1("net.cidr_expand", Cost.OWN, NetBuiltins::expand)
        .add1("net.cidr_is_valid", Cost.OWN, (c, a) -> RegoBoolean.of(isValid(c, a)))
        .add1("net.cidr_merge", Cost.OWN, (c, a) -> merge(c, a));
  }

  private static Cidr block(BuiltinContext context, RegoValue value) {
    context.charge(PARSE_STEPS);
    String text = Operands.string(value, 1);
    Cidr block = Cidr.parse(text);
    if (block == null) {
      throw new BuiltinException("invalid CIDR address: " + TermText.shown(text));
    }
    return block;
  }

  private static boolean isValid(BuiltinContext context, RegoValue value) {
    context.charge(PARSE_STEPS);
    return value instanceof RegoString text && Cidr.parse(text.value()) != null;
  }

  private static boolean contains(BuiltinContext context, RegoValue a, RegoValue b) {
    Cidr whole = block(context, a);
    Cidr address = Cidr.ofAddress(Operands.string(b, 1));
    return whole.contains(address != null ? address : block(context, b));
  }

  private static boolean intersects(BuiltinContext context, RegoValue a, RegoValue b) {
    Cidr x = block(context, a);
    Cidr y = block(context, b);
    return x.contains(y) || y.contains(x);
  }

  private static RegoValue containsMatches(BuiltinContext context, RegoValue a, RegoValue b) {
    Cost.COPIES.charge(context, a);
    Cost.COPIES.charge(context, b);
    context.charge(2L * ((long) a.weight() + b.weight()));
    Map<RegoValue, RegoValue> blocks = byIndex(a, 1);
    Map<RegoValue, RegoValue> addresses = byIndex(b, 2);
    context.charge((long) blocks.size() * addresses.size());
    RegoSet matches = Accumulators.set(8);
    blocks.forEach(
        (i, block) ->
            addresses.forEach(
                (j, address) -> {
                  if (contains(context, block, address)) {
                    context.elements(3);
                    context.charge(2L * ((long) i.weight() + j.weight()));
                    Accumulators.add(matches, RegoArray.of(i, j));
                  }
                }));
    return matches;
  }

  /** The blocks of an argument by their names in the result. */
  private static Map<RegoValue, RegoValue> byIndex(RegoValue value, int operand) {
    Map<RegoValue, RegoValue> blocks = new LinkedHashMap<>();
    if (value instanceof RegoString) {
      blocks.put(value, value);
    } else if (value instanceof RegoArray array) {
      for (int i = 0; i < array.size(); i++) {
        blocks.put(RegoNumber.of(i), textOf(array.get(i), operand));
      }
    } else if (value instanceof RegoSet set) {
      set.forEach(member -> blocks.put(member, textOf(member, operand)));
    } else if (value instanceof RegoObject object) {
      object.forEach(entry -> blocks.put(entry.key(), textOf(entry.value(), operand)));
    }
    return blocks;
  }

  private static RegoValue textOf(RegoValue element, int operand) {
    if (element instanceof RegoString) {
      return element;
    }
    if (element instanceof RegoArray array && array.size() > 0) {
      return array.get(0);
    }
    throw new BuiltinException(
        "operand " + operand + ": element must be string or non-empty array");
  }

  private static RegoValue expand(BuiltinContext context, RegoValue value) {
    Cidr block = block(context, value);
    RegoSet addresses = Accumulators.set(8);
    for (BigInteger i = block.first(); i.compareTo(block.last()) <= 0; i = i.add(BigInteger.ONE)) {
      context.elements(2);
      Accumulators.add(addresses, RegoString.of(Cidr.text(i, block.bits())));
    }
    return addresses;
  }

  /** A run of addresses; {@code only} is the block that it is, unless it was merged of several. */
  private record Range(BigInteger first, BigInteger last, int bits, Cidr only) {}

  private static RegoValue merge(BuiltinContext context, RegoValue value) {
    if (!(value instanceof RegoArray) && !(value instanceof RegoSet)) {
      throw new BuiltinException("operand must be an array");
    }
    Cost.COPIES.charge(context, value);
    Costs.sort(context, value);
    List<Range> ranges = new ArrayList<>();
    for (RegoValue element : Operands.elements(value, 1)) {
      Cidr block = blockOrAddress(context, element);
      ranges.add(new Range(block.first(), block.last(), block.bits(), block));
    }
    ranges.sort(
        Comparator.comparingInt(Range::bits)
            .thenComparing(Range::last)
            .thenComparing(Range::first));
    context.charge((long) ranges.size() * ranges.size() / MOVED_PER_STEP);
    for (int i = ranges.size() - 1; i > 0; i--) {
      Range lower = ranges.get(i - 1);
      Range upper = ranges.get(i);
      boolean touching =
          lower.bits() == upper.bits()
              && upper.first().subtract(BigInteger.ONE).compareTo(lower.last()) <= 0;
      if (touching) {
        BigInteger first = lower.first().min(upper.first());
        ranges.set(i - 1, new Range(first, upper.last(), upper.bits(), null));
        ranges.remove(i);
      }
    }
    RegoSet merged = Accumulators.set(ranges.size());
    ranges.forEach(range -> addBlocks(context, range, merged));
    return merged;
  }

  private static Cidr blockOrAddress(BuiltinContext context, RegoValue element) {
    context.charge(PARSE_STEPS);
    if (!(element instanceof RegoString text)) {
      throw new BuiltinException("element must be string");
    }
    Cidr address = Cidr.ofAddress(text.value());
    if (address == null) {
      return block(context, element);
    }
    if (address.bits() != 32) {
      throw new BuiltinException("IPv6 invalid: needs prefix length");
    }
    int highest = address.address().intValue() >>> 24;
    return new Cidr(address.address(), 32, highest < 128 ? 8 : highest < 192 ? 16 : 24);
  }

  /** The fewest blocks that make up the range. */
  private static void addBlocks(BuiltinContext context, Range range, RegoSet blocks) {
    if (range.only() != null) {
      Accumulators.add(blocks, RegoString.of(range.only().toString()));
      return;
    }
    BigInteger at = range.first();
    while (at.compareTo(range.last()) <= 0) {
      int free = at.signum() == 0 ? range.bits() : at.getLowestSetBit();
      BigInteger left = range.last().subtract(at).add(BigInteger.ONE);
      free = Math.min(free, left.bitLength() - 1);
      context.elements(2);
      Cidr block = new Cidr(at, range.bits(), range.bits() - free);
      Accumulators.add(blocks, RegoString.of(block.toString()));
      at = at.add(BigInteger.ONE.shiftLeft(free));
    }
  }
}
