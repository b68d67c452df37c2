package qoa.systemtests.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import qoa.demo.EmbeddedBroker;

/** The process of the broker. Runs until SIGTERM, or until its parent process ends. */
final class BrokerProgram {

  private BrokerProgram() {}

  /** Arguments: the folder of the data, the port, a file of broker properties. */
  public static void main(String[] args) throws IOException {
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(args[2]))) {
      properties.load(file);
    }
    Map<String, String> settings = new HashMap<>();
    properties.forEach((name, value) -> settings.put(name.toString(), value.toString()));
    EmbeddedBroker broker =
        EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]), settings);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
