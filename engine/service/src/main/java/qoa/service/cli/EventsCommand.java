package qoa.service.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.lifecycle.EventReader;
import qoa.core.sink.PrintingSink;
import qoa.kafka.EventTopic;
import qoa.kafka.KafkaConfig;
import qoa.service.config.EngineConfig;

/** {@code qoa events}. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Prints violation events from Kafka as they are committed, until it is stopped.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "1:could not run, or could not continue",
      "130:stopped by SIGINT (Ctrl-C)",
      "143:stopped by SIGTERM"
    })
final class EventsCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options;

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description =
          "Kafka broker. Default: bootstrap.servers of the configuration, else localhost:9092.")
  private String server;

  @Option(
      names = "--from-beginning",
      description = "Start with the oldest event that Kafka still has. Default: new events only.")
  private boolean fromBeginning;

  @Override
  public Integer call() throws ProblemsException, CannotRunException {
    EngineConfig config = options.engineConfig();
    KafkaConfig kafka =
        server == null ? config.kafka() : config.kafka().withBootstrapServers(server);
    String name = config.topics().violations();
    PrintStream out = StandardOutput.open();
    PrintingSink sink =
        options.json() ? PrintingSink.json(out, System.err) : PrintingSink.text(out);
    try (EventTopic topic = new EventTopic(kafka, name)) {
      System.err.printf(
          "qoa: printing events of topic %s at %s; press Ctrl-C to stop%n",
          name, kafka.bootstrapServers());
      topic.follow(
          fromBeginning,
          messages -> {
            print(messages, sink);
            return !out.checkError();
          });
    }
    StandardOutput.finish(out);
    return ExitCode.OK;
  }

  private static void print(List<EventTopic.Message> messages, PrintingSink sink) {
    for (EventTopic.Message message : messages) {
      try {
        sink.event(EventReader.read(message.attributes(), message.value()));
      } catch (IOException e) {
        System.err.println(Printable.line("qoa: " + message.position() + ": " + e.getMessage()));
      }
    }
    sink.flush();
  }
}
