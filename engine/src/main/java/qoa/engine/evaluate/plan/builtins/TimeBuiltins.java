package qoa.engine.evaluate.plan.builtins;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** {@code time.*}: instants are nanoseconds since 1970, alone or with a time zone and a layout. */
final class TimeBuiltins {
  private static final long NANOS = 1_000_000_000;

  private TimeBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add0("time.now_ns", c -> RegoNumber.of(c.nowNanos()))
        .add2("time.parse_ns", TimeBuiltins::parse)
        .add1(
            "time.parse_rfc3339_ns",
            (c, s) -> nanos(GoTimeParser.parse(GoTimeLayout.RFC3339, Operands.string(s, 1))))
        .add1(
            "time.parse_duration_ns",
            (c, s) -> RegoNumber.of(Durations.parse(Operands.string(s, 1))))
        .add1("time.format", (c, x) -> format(x))
        .add1("time.date", (c, x) -> date(time(x)))
        .add1("time.clock", (c, x) -> clock(time(x)))
        .add1("time.weekday", (c, x) -> weekday(time(x)))
        .add4("time.add_date", TimeBuiltins::addDate)
        .add2("time.diff", (c, a, b) -> difference(time(a), time(b)));
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
    return nanos(
        GoTimeParser.parse(context.cached(GoTimeLayout.class, format, GoTimeLayout::of), text));
  }

  private static OperandException notTime(RegoValue value) {
    return OperandException.type(1, value, "either number (ns) or [number (ns), string (tz)]");
  }

  /** The instant, in the zone that comes with it, else in UTC. */
  private static ZonedDateTime time(RegoValue value) {
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

  /**
   * By its name in the time zone database; the machine's own zone is none of a policy's business.
   */
  private static ZoneId zone(String name) {
    if (name.isEmpty() || name.equals("UTC") || name.equals("Local")) {
      return ZoneOffset.UTC;
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new BuiltinException("unknown time zone " + name);
    }
    return ZoneId.of(name);
  }

  private static RegoValue format(RegoValue value) {
    ZonedDateTime time = time(value);
    String layout =
        value instanceof RegoArray array && array.size() > 2
            ? Operands.string(array.get(2), 1)
            : "";
    return RegoString.of(GoTimeLayout.of(layout.isEmpty() ? "RFC3339Nano" : layout).format(time));
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
    ZonedDateTime time = time(value);
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
