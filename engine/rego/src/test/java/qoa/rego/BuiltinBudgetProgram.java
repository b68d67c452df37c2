package qoa.rego;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import qoa.rego.budget.LimitException;
import qoa.rego.budget.Limits;
import qoa.rego.builtins.Builtin;
import qoa.rego.builtins.BuiltinException;
import qoa.rego.builtins.Builtins;
import qoa.rego.machine.BuiltinCache;
import qoa.rego.machine.RunState;
import qoa.rego.machine.Settings;
import qoa.rego.value.RegoValue;

/**
 * Calls every builtin with arguments that double until the budget ends the call, then many times
 * with those of some sizes. Prints a line for each that does not end as it should; {@link
 * BuiltinBudgetIT} runs it in a small heap.
 */
final class BuiltinBudgetProgram {
  /** A hundredth of what evaluations have: in a hundredth of the time. */
  private static final int STEPS = 20_000;

  private static final Limits LIMITS = new Limits(STEPS, 4L * 1024 * 1024, Duration.ofMinutes(1));

  private static final Settings SETTINGS =
      new Settings(LIMITS, 1_763_900_000_000_000_000L, false, 1, line -> {}, null);

  private static final int LARGEST = 1 << 20;

  /**
   * With all its steps, an evaluation would take 10 s then, twice the limit of its time: what costs
   * far more time than steps is found, and a slow machine is not.
   */
  private static final long MOST_NANOS = Duration.ofMillis(100).toNanos();

  /** The first calls are slow: nothing is compiled yet. */
  private static final int TRIES = 6;

  /**
   * Whose work and result have a bound whatever the arguments are: types that are asked for, one
   * look into a table, arithmetic on what is a number already.
   */
  private static final Set<String> BOUNDED =
      Set.of(
          "cast_boolean",
          "cast_null",
          "cast_object",
          "cast_string",
          "internal.test_case",
          "is_array",
          "is_boolean",
          "is_null",
          "is_number",
          "is_object",
          "is_set",
          "is_string",
          "net.cidr_contains",
          "net.cidr_intersects",
          "net.cidr_is_valid",
          "net.cidr_overlap",
          "time.add_date",
          "time.clock",
          "time.date",
          "time.diff",
          "time.now_ns",
          "time.weekday",
          "type_name");

  private final List<String> problems = new ArrayList<>();
  private BuiltinCache made;
  private int calls;
  private String current;

  public static void main(String[] args) throws Exception {
    BuiltinBudgetProgram program = new BuiltinBudgetProgram();
    BuiltinFeeds feeds = new BuiltinFeeds();
    Set<String> names = new TreeSet<>(Builtins.names());
    if (args.length > 0) {
      names.retainAll(Set.of(args));
    }
    try {
      for (String name : names) {
        program.check(name, feeds.of(name));
      }
    } catch (OutOfMemoryError e) {
      System.out.println(program.current + ": the arguments fill the heap");
    }
    program.problems.forEach(System.out::println);
    System.out.printf(
        "%d builtins, %d calls, %d problems%n",
        names.size(), program.calls, program.problems.size());
  }

  private void check(String name, List<BuiltinFeeds.Feed> feeds) {
    boolean ends = false;
    made = new BuiltinCache();
    for (int i = 0; i < feeds.size(); i++) {
      String what = name + ", feed " + i;
      current = what;
      ends |= endsOnce(what, Builtins.find(name), feeds.get(i));
      for (int n = 1; n <= 1 << 16; n *= 256) {
        endsOften(what, Builtins.find(name), feeds.get(i).apply(n), n);
      }
    }
    if (feeds.isEmpty()) {
      problems.add(name + ": nothing to call it with");
    } else if (ends == BOUNDED.contains(name)) {
      problems.add(name + (ends ? ": has no bound" : ": no arguments are too much for the budget"));
    }
  }

  /** Whether a call with arguments that double comes to its limits. */
  private boolean endsOnce(String what, Builtin builtin, BuiltinFeeds.Feed feed) {
    for (int n = 1; n <= LARGEST; n *= 2) {
      RegoValue[] arguments = feed.apply(n);
      Boolean ended = timed(what + ", size " + n, builtin, arguments, 1);
      if (ended == null || ended) {
        return true;
      }
    }
    return false;
  }

  /** Calls, each of which takes a step as a loop's round does, come to their limits in time. */
  private void endsOften(String what, Builtin builtin, RegoValue[] arguments, int n) {
    timed(what + ", size " + n + ", again and again", builtin, arguments, STEPS);
  }

  /** Whether it came to its limits; null where it ended otherwise than it should. */
  private Boolean timed(String what, Builtin builtin, RegoValue[] arguments, int times) {
    long nanos = Long.MAX_VALUE;
    boolean ended = false;
    for (int i = 0; i < TRIES && nanos > MOST_NANOS; i++) {
      RunState evaluation = new RunState(SETTINGS, made, 0, null);
      long start = cpu();
      try {
        ended = comesToLimits(builtin, evaluation, arguments, times);
      } catch (Throwable e) { // whatever it is, it is what this program looks for
        problems.add(what + ": " + e + " at " + place(e));
        return null;
      }
      nanos = cpu() - start;
    }
    if (nanos > MOST_NANOS) {
      problems.add(what + ": takes " + nanos / 1_000_000 + " ms");
      return null;
    }
    return ended;
  }

  private static String place(Throwable e) {
    return e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0].toString();
  }

  private boolean comesToLimits(
      Builtin builtin, RunState evaluation, RegoValue[] arguments, int times) {
    try {
      for (int i = 0; i < times; i++) {
        calls++;
        evaluation.charge(1);
        try {
          call(builtin, evaluation, arguments);
        } catch (BuiltinException e) {
          // It is undefined; the next round comes.
        }
      }
      return false;
    } catch (LimitException e) {
      return true;
    }
  }

  private static void call(Builtin builtin, RunState evaluation, RegoValue[] a) {
    if (builtin instanceof Builtin.Of0 of) {
      of.call(evaluation);
    } else if (builtin instanceof Builtin.Of1 of) {
      of.call(evaluation, a[0]);
    } else if (builtin instanceof Builtin.Of2 of) {
      of.call(evaluation, a[0], a[1]);
    } else if (builtin instanceof Builtin.Of3 of) {
      of.call(evaluation, a[0], a[1], a[2]);
    } else {
      ((Builtin.Of4) builtin).call(evaluation, a[0], a[1], a[2], a[3]);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
