package qoa.rego.builtins;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** {@code uuid.*}: RFC 4122 identifiers. */
final class UuidBuiltins {
  private static final Pattern DASHED =
      Pattern.compile(
          "(?:urn:uuid:|\\{)?"
              + "([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\\}?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PLAIN =
      Pattern.compile(
          "([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})",
          Pattern.CASE_INSENSITIVE);

  private static final int SECURITY_VERSION = 2;

  /** From 1582-10-15, where UUID times begin, to 1970, in steps of 100 ns. */
  private static final long GREGORIAN_TO_UNIX = 122_192_928_000_000_000L;

  private UuidBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("uuid.parse", Cost.READS, (c, s) -> parse(Operands.string(s, 1)))
        .add1("uuid.rfc4122", Cost.OWN, UuidBuiltins::random);
  }

  /** The same key gives the same identifier during one evaluation. */
  private static RegoValue random(BuiltinContext context, RegoValue key) {
    return context.remembered(
        "uuid.rfc4122:" + TermText.of(key, context),
        k -> {
          long high = (context.random().nextLong() & ~0xf000L) | 0x4000L;
          long low = (context.random().nextLong() & ~(0xc0L << 56)) | (0x80L << 56);
          return RegoString.of(new UUID(high, low).toString());
        });
  }

  private static RegoValue parse(String text) {
    Matcher matcher = DASHED.matcher(text);
    if (!matcher.matches()) {
      matcher = PLAIN.matcher(text);
    }
    if (!matcher.matches()) {
      return null;
    }
    StringBuilder dashed = new StringBuilder(matcher.group(1));
    for (int i = 2; i <= 5; i++) {
      dashed.append('-').append(matcher.group(i));
    }
    return describe(UUID.fromString(dashed.toString()));
  }

  private static RegoObject describe(UUID uuid) {
    RegoObject.Builder parts =
        RegoObject.builder()
            .put("version", RegoNumber.of(uuid.version()))
            .put("variant", RegoString.of(variant(uuid)));
    if (uuid.version() == 1 || uuid.version() == SECURITY_VERSION) {
      describeTimeBased(uuid, parts);
    }
    return parts.build();
  }

  private static void describeTimeBased(UUID uuid, RegoObject.Builder parts) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits();
    long ticks = ((high & 0xfffL) << 48) | ((high >>> 16 & 0xffffL) << 32) | (high >>> 32);
    parts
        .put("time", RegoNumber.of((ticks - GREGORIAN_TO_UNIX) * 100))
        .put("nodeid", RegoString.of(node(low)))
        .put("macvariables", RegoString.of(macVariables(low)))
        .put("clocksequence", RegoNumber.of(low >>> 48 & 0x3fff));
    if (uuid.version() == SECURITY_VERSION) {
      parts
          .put("id", RegoNumber.of(high >>> 32))
          .put("domain", RegoString.of(domain((int) (low >>> 48 & 0xff))));
    }
  }

  private static String variant(UUID uuid) {
    return switch (uuid.variant()) {
      case 0 -> "Reserved";
      case 2 -> "RFC4122";
      case 6 -> "Microsoft";
      default -> "Future";
    };
  }

  private static String node(long low) {
    String digits = String.format("%012x", low & 0xffff_ffff_ffffL);
    return String.join("-", digits.split("(?<=\\G..)", 6));
  }

  private static String macVariables(long low) {
    int first = (int) (low >>> 40 & 0x3);
    return ((first & 2) != 0 ? "local" : "global") + ((first & 1) != 0 ? ":multicast" : ":unicast");
  }

  private static String domain(int domain) {
    return switch (domain) {
      case 0 -> "Person";
      case 1 -> "Group";
      case 2 -> "Org";
      default -> "Domain" + domain;
    };
  }
}
