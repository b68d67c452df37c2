package qoa.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qoa.testing.ChildJvm;

/**
 * A short run of the fault suite for each layout of the topic of reports: {@code scripts/faults} is
 * the long one.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("faults")
class FaultsIT {

  private static final long SEED = 20_261_124;

  private static final Set<FaultKind> KINDS =
      EnumSet.of(
          FaultKind.ENGINE_KILL,
          FaultKind.ENGINE_STOP,
          FaultKind.BROKER_KILL,
          FaultKind.SLOW_POLICY,
          FaultKind.CONTRACT_ADD,
          FaultKind.FORGED_HEADERS);

  @ParameterizedTest
  @EnumSource(KeyedBy.class)
  void everyEventIsThereOnce_amongFaults(KeyedBy layout, @TempDir Path folder) throws Exception {
    RunSettings settings =
        new RunSettings(
            ChildJvm.HOME,
            folder,
            SEED,
            List.of(Backend.PLAN, Backend.PROXIED),
            KINDS,
            Duration.ofSeconds(46),
            new Traffic(layout, 3, 60, 150));
    try (FaultRun run = new FaultRun(settings)) {
      FaultRun.Result result = run.run();

      assertThat(result.findings().firstDifferences(5)).isEmpty();
      assertThat(result.findings().events()).isPositive();
      assertThat(result.injected()).isNotEmpty();
    }
  }
}
