package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.service.metrics.PrometheusMetrics;

class InForceTest {

  private final Revision first = GivenContracts.revision(GivenContracts.contracts());
  private final Revision next = GivenContracts.revision(GivenContracts.without("a"));

  /**
   * Compiling can take half a minute, and the members of a consumer group have to poll meanwhile.
   */
  @Test
  void batchesGoOn_whileARevisionIsCompiled() throws Exception {
    Compiling evaluator = new Compiling();
    InForce inForce = new InForce(first, evaluator, new PrometheusMetrics(10));
    Thread reload =
        new Thread(
            () -> {
              try {
                inForce.replace(next);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    reload.start();
    assertThat(evaluator.begun.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(inForce.batch().tryLock(2, TimeUnit.SECONDS)).as("a batch may begin").isTrue();
    assertThat(inForce.get()).isSameAs(first);
    evaluator.compiled.countDown();
    Thread.sleep(50);
    assertThat(evaluator.used).as("not in the middle of a batch").isNull();
    inForce.batch().unlock();

    reload.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(evaluator.used).isSameAs(next);
    assertThat(inForce.get()).isSameAs(next);
  }

  /** Takes as long as the test likes to compile. */
  private static final class Compiling implements PolicyEvaluator {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch compiled = new CountDownLatch(1);
    private volatile Revision used;

    @Override
    public Staged stage(Revision revision) throws InterruptedException {
      begun.countDown();
      compiled.await();
      return () -> used = revision;
    }

    @Override
    public void prepare(Revision revision) throws InterruptedException {
      begun.countDown();
      compiled.await();
      used = revision;
    }

    @Override
    public List<Outcome> evaluate(List<Evaluation> batch) {
      throw new AssertionError("nothing is judged here");
    }

    @Override
    public void close() {}
  }
}
