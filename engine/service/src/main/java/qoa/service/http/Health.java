package qoa.service.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Whether the engine works, and if not, why. Parts of it tell their state here; each is down, as
 * "starting", until it says that it is up. Any thread may call it.
 */
public final class Health {

  private static final String STARTING = "starting";

  private final Map<String, String> down = new TreeMap<>();
  private final Map<String, String> degraded = new TreeMap<>();
  private final Map<String, Supplier<Optional<String>>> watched = new TreeMap<>();
  private final Map<String, Supplier<Optional<String>>> watchedDegraded = new TreeMap<>();
  private final UnaryOperator<String> redactor;
  private String dead;

  /**
   * @param components the parts that must be up for the engine to be ready, such as {@code opa}
   */
  public Health(List<String> components) {
    this(components, UnaryOperator.identity());
  }

  /**
   * @param redactor takes out of a text what must not be printed
   */
  public Health(List<String> components, UnaryOperator<String> redactor) {
    this.redactor = redactor;
    components.forEach(component -> down.put(component, STARTING));
  }

  /** A part works, or works again. */
  public synchronized void up(String component) {
    down.remove(component);
  }

  /**
   * A part does not work now, and may come back by itself.
   *
   * @param cause what is wrong, for operators; anybody may read it
   */
  public synchronized void down(String component, String cause) {
    down.put(component, cause);
  }

  /**
   * A part does not do what it was told last, but the engine works: it stays ready.
   *
   * @param cause what is wrong, for operators; anybody may read it
   */
  public synchronized void degraded(String component, String cause) {
    degraded.put(component, cause);
  }

  /** A part is no longer degraded. */
  public synchronized void well(String component) {
    degraded.remove(component);
  }

  /** What is degraded, and why, in order of the name. */
  public synchronized Map<String, String> degradations() {
    Map<String, String> all = new TreeMap<>(degraded);
    addTroubles(watchedDegraded, all);
    return printable(all);
  }

  /**
   * Asks a part whether it is degraded whenever somebody wants to know; the engine stays ready.
   *
   * @param trouble what is wrong with the part now; any thread may call it, and it does not wait
   */
  public synchronized void watchDegraded(String component, Supplier<Optional<String>> trouble) {
    watchedDegraded.put(component, trouble);
  }

  private static void addTroubles(
      Map<String, Supplier<Optional<String>>> watched, Map<String, String> to) {
    watched.forEach(
        (component, trouble) ->
            trouble
                .get()
                .ifPresent(
                    cause ->
                        to.merge(
                            component,
                            cause,
                            (told, seen) -> told.equals(STARTING) ? seen : told)));
  }

  /** A text as anybody may read it: without what must not be printed. */
  public String printable(String text) {
    return redactor.apply(text);
  }

  private Map<String, String> printable(Map<String, String> causes) {
    Map<String, String> printable = new TreeMap<>(causes);
    printable.replaceAll((component, cause) -> printable(cause));
    return printable;
  }

  /**
   * Asks a part how it is whenever somebody wants to know, beside what is told here of it.
   *
   * @param trouble why the part does not work now; any thread may call it, and it does not wait
   */
  public synchronized void watch(String component, Supplier<Optional<String>> trouble) {
    watched.put(component, trouble);
  }

  /**
   * Nothing but a restart helps; there is no way back.
   *
   * @param cause what is wrong, for operators
   */
  public synchronized void fail(String cause) {
    dead = cause;
  }

  /** Why only a restart helps; empty while the engine lives. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(dead).map(this::printable);
  }

  /** What is down, and why, in order of the name: ready means that nothing is. */
  public synchronized Map<String, String> causes() {
    Map<String, String> causes = new TreeMap<>(down);
    addTroubles(watched, causes);
    if (dead != null) {
      causes.put("engine", dead);
    }
    return printable(causes);
  }
}
