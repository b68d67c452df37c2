package qoa.service.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Whether the engine works, and if not, why. The components of the engine report their state here.
 * Each is down, with the cause "starting", until it reports that it is up. Any thread may call it.
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
   * @param components the components that must be up for the engine to be ready, such as {@code
   *     kafka}
   */
  public Health(List<String> components) {
    this(components, UnaryOperator.identity());
  }

  /**
   * @param redactor replaces the values in a text that must not be printed
   */
  public Health(List<String> components, UnaryOperator<String> redactor) {
    this.redactor = redactor;
    components.forEach(component -> down.put(component, STARTING));
  }

  /** Reports that a component works, or works again. */
  public synchronized void up(String component) {
    down.remove(component);
  }

  /**
   * Reports that a component does not work at the moment. It may recover by itself.
   *
   * @param cause what is wrong, for operators; it is public
   */
  public synchronized void down(String component, String cause) {
    down.put(component, cause);
  }

  /**
   * Reports that a component works, but not as requested. The engine stays ready.
   *
   * @param cause what is wrong, for operators; it is public
   */
  public synchronized void degraded(String component, String cause) {
    degraded.put(component, cause);
  }

  /** Reports that a component is no longer degraded. */
  public synchronized void well(String component) {
    degraded.remove(component);
  }

  /** The degraded components and the causes, by name. */
  public synchronized Map<String, String> degradations() {
    Map<String, String> all = new TreeMap<>(degraded);
    runChecks(watchedDegraded, all);
    return printable(all);
  }

  /**
   * Registers a check that runs at each request and may report a component as degraded.
   *
   * @param check the cause; empty if the component is not degraded. Any thread may call it. It must
   *     not block
   */
  public synchronized void watchDegraded(String component, Supplier<Optional<String>> check) {
    watchedDegraded.put(component, check);
  }

  private static void runChecks(
      Map<String, Supplier<Optional<String>>> watched, Map<String, String> to) {
    watched.forEach(
        (component, check) ->
            check
                .get()
                .ifPresent(
                    cause ->
                        to.merge(
                            component,
                            cause,
                            (reported, found) -> reported.equals(STARTING) ? found : reported)));
  }

  /** A text without the values that must not be printed. */
  public String printable(String text) {
    return redactor.apply(text);
  }

  private Map<String, String> printable(Map<String, String> causes) {
    Map<String, String> printable = new TreeMap<>(causes);
    printable.replaceAll((component, cause) -> printable(cause));
    return printable;
  }

  /**
   * Registers a check that runs at each request and may report a component as down, in addition to
   * what the component reports itself.
   *
   * @param check the cause; empty if the component works. Any thread may call it. It must not block
   */
  public synchronized void watch(String component, Supplier<Optional<String>> check) {
    watched.put(component, check);
  }

  /**
   * Reports that the engine has failed. Only a restart helps.
   *
   * @param cause what is wrong, for operators
   */
  public synchronized void fail(String cause) {
    dead = cause;
  }

  /** Why the engine has failed; empty while it lives. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(dead).map(this::printable);
  }

  /**
   * The components that are down and the causes, by name. The engine is ready if there are none.
   */
  public synchronized Map<String, String> causes() {
    Map<String, String> causes = new TreeMap<>(down);
    runChecks(watched, causes);
    if (dead != null) {
      causes.put("engine", dead);
    }
    return printable(causes);
  }
}
