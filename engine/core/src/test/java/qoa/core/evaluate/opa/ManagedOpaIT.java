package qoa.core.evaluate.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.evaluate.EvaluatorUnavailableException;

class ManagedOpaIT {

  /** Runs in a JVM of its own, which the test kills. */
  public static final class Engine {
    public static void main(String[] args) throws Exception {
      ManagedOpa opa = ManagedOpa.start(Path.of(args[0]));
      System.out.println(opa.pid());
      TimeUnit.MINUTES.sleep(1);
    }
  }

  @Test
  void startsAgain_whenItIsKilled_andStopsWithClose() throws Exception {
    ManagedOpa opa = ManagedOpa.start(OpaForTests.find());
    long first = opa.pid();
    ProcessHandle killed = ProcessHandle.of(first).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().get(5, TimeUnit.SECONDS);
    while (opa.pid() == first) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    URI uri = opa.await();
    assertThat(opa.pid()).isNotEqualTo(first);
    OpaConnection connection = new OpaConnection(uri, opa.token(), Transport.client(null));
    assertThat(connection.modules()).hasSize(1);

    ProcessHandle second = ProcessHandle.of(opa.pid()).orElseThrow();
    opa.close();
    second.onExit().get(5, TimeUnit.SECONDS);
    assertThatThrownBy(opa::await).isInstanceOf(EvaluatorUnavailableException.class);
  }

  @Test
  void letsNobodyInWithoutItsToken() throws Exception {
    try (ManagedOpa opa = ManagedOpa.start(OpaForTests.find())) {
      OpaConnection stranger = new OpaConnection(opa.await(), "guess", Transport.client(null));
      assertThatThrownBy(stranger::modules)
          .isInstanceOfSatisfying(OpaErrorException.class, e -> assertThat(e.isRefusal()).isTrue());
    }
  }

  @Test
  void endsWithTheJvm_evenWhereThatIsKilled() throws Exception {
    Process engine =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Engine.class.getName(),
                OpaForTests.find().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle opa = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(opa.isAlive()).isTrue();
      engine.destroyForcibly();
      opa.onExit().get(5, TimeUnit.SECONDS);
    } finally {
      engine.destroyForcibly();
    }
  }

  @Test
  void saysWhatIsWrong_whereTheBinaryIsNotThere() {
    assertThatThrownBy(() -> ManagedOpa.start(Path.of("no-such-opa"), Duration.ofMillis(500)))
        .isInstanceOf(EvaluatorUnavailableException.class)
        .hasMessageContaining("no-such-opa");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "2, 100", "3, 200", "8, 6400", "9, 10000", "1000000, 10000"})
  void pausesLonger_theMoreOftenItDies(int restarts, long millis) {
    assertThat(ManagedOpa.pauseBefore(restarts)).hasMillis(millis);
  }
}
