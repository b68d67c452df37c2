package qoa.service.run;

import java.util.Optional;
import qoa.service.http.Health;

/**
 * The connections of the workers to Kafka, as one part of the service's health: it is down while
 * all of them have trouble. So a worker without partitions does no harm if another one has some.
 * Any thread may call it.
 */
final class Connections {

  private final Health health;
  private final String[] troubles;

  /**
   * @param workers the number of workers; all count as starting
   */
  Connections(Health health, int workers, String starting) {
    this.health = health;
    this.troubles = new String[workers];
    for (int i = 0; i < workers; i++) {
      troubles[i] = starting;
    }
    health.down(Service.KAFKA, starting);
  }

  /**
   * Takes the state of a worker.
   *
   * @param worker its number, from 0
   * @param trouble why no reports can come to it; empty where they can
   */
  synchronized void tell(int worker, Optional<String> trouble) {
    troubles[worker] = trouble.orElse(null);
    for (String each : troubles) {
      if (each == null) {
        health.up(Service.KAFKA);
        return;
      }
    }
    health.down(Service.KAFKA, troubles[worker]);
  }
}
