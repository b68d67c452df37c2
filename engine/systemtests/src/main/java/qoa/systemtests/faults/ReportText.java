package qoa.systemtests.faults;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes ML reports as QoA4ML clients do. Used by one thread. */
final class ReportText {

  static final List<String> STAGES = List.of("gateway", "pre_processing", "ml_inference");

  private final Spells spells;
  private final Random random;

  ReportText(Spells spells, Random random) {
    this.spells = spells;
    this.random = random;
  }

  /**
   * A report.
   *
   * @param time the event time, in milliseconds since the epoch
   * @param id the value of {@code corr_id}
   */
  String write(String application, String stage, String instance, long time, String id) {
    // Adds half a millisecond, so that a reader gets this millisecond however it rounds.
    return """
        {"metadata":{"client_config":{"name":"%s","username":"aaltosea1","instance_id":"%s",\
        "instance_name":"%s","stage_id":"%s","functionality":"REST","application_name":"%s",\
        "role":"ml_provider","run_id":"faults","environment":"Edge"},"timestamp":%d.%03d5,\
        "corr_id":"%s"},"service":{"%s":{"name":"%s","metrics":{%s}}},"data":{%s},"ml_inference":{}}"""
        .formatted(
            instance,
            instance,
            instance,
            stage,
            application,
            time / 1_000,
            time % 1_000,
            id,
            stage,
            stage,
            metric("response_time", instance, responseTimes(application, time)),
            data(application, stage, instance, time));
  }

  private String responseTimes(String application, long time) {
    boolean slow = spells.isSlow(application, time);
    String one = slow ? between(0.15, 0.25) : between(0.02, 0.08);
    return random.nextInt(10) == 0 ? one + "," + between(0.03, 0.07) : one;
  }

  private String data(String application, String stage, String instance, long time) {
    if (!stage.equals("pre_processing")) {
      return "";
    }
    boolean blurred = spells.isBlurred(application, time);
    return "\"%s\":{\"name\":\"%s\",\"metrics\":{%s,%s}}"
        .formatted(
            stage,
            stage,
            metric("accuracy", instance, blurred ? between(70, 85) : between(92, 99)),
            metric("completeness", instance, blurred ? between(80, 93) : between(96, 99.9)));
  }

  private static String metric(String name, String instance, String records) {
    return "\"%s\":{\"%s\":{\"metric_name\":\"%s\",\"records\":[%s],\"unit\":null}}"
        .formatted(name, instance, name, records);
  }

  private String between(double low, double high) {
    return String.format(Locale.ROOT, "%.6f", low + (high - low) * random.nextDouble());
  }
}
