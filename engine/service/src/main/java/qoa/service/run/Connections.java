package qoa.service.run;

import java.util.Optional;
import qoa.service.http.Health;

/**
 * How the workers are connected to Kafka, as one part of the service's health: it is down while all
 * of them have trouble. One without partitions is none where another has them. Any thread may call
 * it.
 */
final class Connections {

  private final Health health;
  private final String[] troubles;

  /**
   * @param workers how many there are; all count as starting
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
   * Takes word of a worker, counted from 0: why no reports can come to it; empty where they can.
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
