package qoa.rego.builtins;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** {@code time.*}: instants are nanoseconds since 1970, alone or with a time zone and a layout. */
final class TimeBuiltins {
  private static final long NANOS = 1_000_000_000;

  private static final int ZONE_STEPS = 8;

  /** For an element of a layout, which may be one character. */
  private static final long ELEMENT_STEPS = 8;

  /**
   * The text of an element of a layout is longer than the element by so much: {@code Jan}, {@code
   * 2}.
   */
  private static final long MOST_FOR_CHARACTER = 8;

  private static final LayoutRecipe LAYOUT = new LayoutRecipe();

  private TimeBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add0("time.now_ns", c -> RegoNumber.of(c.nowNanos()))
        .add2("time.parse_ns", Cost.OWN, TimeBuiltins::parse)
        .add1(
            "time.parse_rfc3339_ns",
            Cost.READS,
            (c, s) -> nanos(GoTimeParser.parse(GoTimeLayout.RFC3339, Operands.string(s, 1))))
        .add1(
            "time.parse_duration_ns",
            Cost.OWN,
            (c, s) -> RegoNumber.of(Durations.parse(c, Operands.string(s, 1))))
        .add1("time.format", Cost.OWN, (c, x) -> format(c, x))
        .add1("time.date", Cost.OWN, (c, x) -> date(time(c, x)))
        .add1("time.clock", Cost.OWN, (c, x) -> clock(time(c, x)))
        .add1("time.weekday", Cost.OWN, (c, x) -> weekday(time(c, x)))
        .add4("time.add_date", Cost.OWN, TimeBuiltins::addDate)
        .add2("time.diff", Cost.OWN, (c, a, b) -> difference(time(c, a), time(c, b)));
  }

  private static RegoNumber nanos(Instant instant) {
    try {
      long seconds = instant.getEpochSecond();
      // Counted from the next second, so that the smallest instant does not overflow on the way.
      return RegoNumber.of(
          seconds < 0
              ? Math.addExact(Math.multiplyExact(seconds + 1, NANOS), instant.getNano() - NANOS)
              : Math.addExact(Math.multiplyExact(seconds, NANOS), instant.getNano()));
    } catch (ArithmeticException e) {
      throw new BuiltinException("time outside of valid range");
    }
  }

  private static RegoValue parse(BuiltinContext context, RegoValue layout, RegoValue value) {
    String format = Operands.string(layout, 1);
    String text = Operands.string(value, 2);
    context.charge((format.length() + text.length()) / 4);
    return nanos(GoTimeParser.parse(layout(context, format), text));
  }

  private static GoTimeLayout layout(BuiltinContext context, String layout) {
    return context.made(GoTimeLayout.class, layout, LAYOUT);
  }

  private static final class LayoutRecipe implements Recipe<String, GoTimeLayout> {
    @Override
    public Price price(String layout) {
      return new Price(ELEMENT_STEPS * layout.length(), 64L * layout.length());
    }

    @Override
    public GoTimeLayout make(String layout) {
      return GoTimeLayout.of(layout);
    }
  }

  private static OperandException notTime(RegoValue value) {
    return OperandException.type(1, value, "either number (ns) or [number (ns), string (tz)]");
  }

  /** The instant, in the zone that comes with it, else in UTC. */
  private static ZonedDateTime time(BuiltinContext context, RegoValue value) {
    context.charge(ZONE_STEPS);
    RegoValue nanos = value;
    ZoneId zone = ZoneOffset.UTC;
    if (value instanceof RegoArray array) {
      if (array.size() == 0) {
        throw notTime(value);
      }
      nanos = array.get(0);
      zone = array.size() > 1 ? zone(Operands.string(array.get(1), 1)) : zone;
    } else if (!(value instanceof RegoNumber)) {
      throw notTime(value);
    }
    RegoNumber number = Operands.number(nanos, 1);
    if (!number.isLong()) {
      throw new BuiltinException("timestamp too big");
    }
    long ns = number.longValue();
    return Instant.ofEpochSecond(Math.floorDiv(ns, NANOS), Math.floorMod(ns, NANOS)).atZone(zone);
  }

  /** By its name in the time zone database; the machine's own zone is not available to policies. */
  private static ZoneId zone(String name) {
    if (name.isEmpty() || name.equals("UTC") || name.equals("Local")) {
      return ZoneOffset.UTC;
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new BuiltinException("unknown time zone " + TermText.shown(name));
    }
    return ZoneId.of(name);
  }

  private static RegoValue format(BuiltinContext context, RegoValue value) {
    ZonedDateTime time = time(context, value);
    String layout =
        value instanceof RegoArray array && array.size() > 2
            ? Operands.string(array.get(2), 1)
            : "";
    context.text(MOST_FOR_CHARACTER * layout.length());
    context.charge(ELEMENT_STEPS * layout.length());
    return RegoString.of(layout(context, layout.isEmpty() ? "RFC3339Nano" : layout).format(time));
  }

  private static RegoArray numbers(int... values) {
    RegoValue[] numbers = new RegoValue[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = RegoNumber.of(values[i]);
    }
    return RegoArray.of(numbers);
  }

  private static RegoValue date(ZonedDateTime time) {
    return numbers(time.getYear(), time.getMonthValue(), time.getDayOfMonth());
  }

  private static RegoValue clock(ZonedDateTime time) {
    return numbers(time.getHour(), time.getMinute(), time.getSecond());
  }

  private static RegoValue weekday(ZonedDateTime time) {
    return RegoString.of(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  /**
   * Days that a month does not have go over into the next: 31 October plus a month is 1 December.
   */
  private static RegoValue addDate(
      BuiltinContext context, RegoValue value, RegoValue years, RegoValue months, RegoValue days) {
    ZonedDateTime time = time(context, value);
    long y = Operands.integer(years, 2);
    long m = Operands.integer(months, 3);
    long d = Operands.integer(days, 4);
    try {
      LocalDate date =
          LocalDate.of(time.getYear(), time.getMonthValue(), 1)
              .plusYears(y)
              .plusMonths(m)
              .plusDays(Math.addExact(d, time.getDayOfMonth() - 1));
      return nanos(date.atTime(time.toLocalTime()).atZone(time.getZone()).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw new BuiltinException("time outside of valid range");
    }
  }

  /** Years, months, days, hours, minutes and seconds between two times, in the first one's zone. */
  private static RegoValue difference(ZonedDateTime a, ZonedDateTime b) {
    ZonedDateTime other = b.withZoneSameInstant(a.getZone());
    ZonedDateTime from = a.isAfter(other) ? other : a;
    ZonedDateTime to = a.isAfter(other) ? a : other;
    int[] parts = {
      to.getYear() - from.getYear(),
      to.getMonthValue() - from.getMonthValue(),
      to.getDayOfMonth() - from.getDayOfMonth(),
      to.getHour() - from.getHour(),
      to.getMinute() - from.getMinute(),
      to.getSecond() - from.getSecond()
    };
    int daysInMonth = YearMonth.from(from).lengthOfMonth();
    int[] carries = {0, 12, daysInMonth, 24, 60, 60};
    for (int i = parts.length - 1; i > 0; i--) {
      if (parts[i] < 0) {
        parts[i] += carries[i];
        parts[i - 1]--;
      }
    }
    return numbers(parts);
  }
}
