package qoa.core.lifecycle;

import java.util.List;
import java.util.Map;

/**
 * What an evaluation brings for subscribers.
 *
 * @param events in order
 * @param statuses by their key; null where a promise is no longer watched
 */
public record Changes(List<Event> events, Map<String, Status> statuses) {

  static final Changes NONE = new Changes(List.of(), Map.of());

  /** Events of which nothing is to be remembered. */
  public static Changes of(List<Event> events) {
    return new Changes(events, Map.of());
  }
}
