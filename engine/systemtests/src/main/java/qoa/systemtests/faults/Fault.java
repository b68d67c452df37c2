package qoa.systemtests.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One fault of a schedule.
 *
 * @param engine the affected engine, counted from 0; unused for faults of the broker
 * @param lasts its duration, in milliseconds
 * @param pause the pause before it, in milliseconds
 */
record Fault(FaultKind kind, int engine, int lasts, int pause) {

  private static final int SHORTEST_PAUSE = 1_000;
  private static final int LONGEST_PAUSE = 4_000;

  /**
   * A schedule. It contains each kind of fault that applies to the engines equally often, in an
   * order that differs from round to round. A fault does not wait until the engines have recovered
   * from the fault before it.
   */
  static List<Fault> schedule(RunSettings settings, int rounds) {
    Random random = new Random(settings.seed());
    List<Fault> schedule = new ArrayList<>();
    List<FaultKind> kinds = new ArrayList<>(settings.kinds());
    Collections.sort(kinds);
    kinds.removeIf(kind -> victims(kind, settings).isEmpty());
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(kinds, random);
      for (FaultKind kind : kinds) {
        List<Integer> victims = victims(kind, settings);
        int engine = victims.get(random.nextInt(victims.size()));
        int lasts = kind.shortest() + random.nextInt(kind.longest() - kind.shortest());
        int pause = SHORTEST_PAUSE + random.nextInt(LONGEST_PAUSE - SHORTEST_PAUSE);
        schedule.add(new Fault(kind, engine, lasts, pause));
      }
    }
    return schedule;
  }

  private static List<Integer> victims(FaultKind kind, RunSettings settings) {
    List<Backend> backends = settings.backends();
    return IntStream.range(0, backends.size())
        .filter(
            engine ->
                switch (kind) {
                  case OPA_KILL -> backends.get(engine) != Backend.PLAN;
                  case OPA_ERROR, OPA_HANG -> backends.get(engine) == Backend.PROXIED;
                  case ENGINE_LEAVES -> backends.size() > 1;
                  // Without re-keying the engine refuses a topic that has grown.
                  case REPORTS_GROW, KEYED_GROW -> settings.traffic().isRekeyed();
                  case CROWD -> settings.traffic().crowd() > 0;
                  default -> true;
                })
        .boxed()
        .toList();
  }
}
