package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import qoa.core.model.Partition;

class LivenessTest {

  private static final Partition A = new Partition("reports", 0);
  private static final Partition B = new Partition("reports", 1);

  private final Liveness liveness = new Liveness(5);

  @Test
  void nothingIsKnown_ofASourceNobodySpokeOf() {
    liveness.expect(Set.of(A));
    assertThat(liveness.caughtUpSince(A, 0)).isEqualTo(Liveness.BEHIND);
  }

  @Test
  void caughtUpSince_theFirstWordWithoutABreak() {
    liveness.expect(Set.of(A));
    liveness.observe(A, true, 10);
    liveness.observe(A, true, 15);
    assertThat(liveness.caughtUpSince(A, 20)).isEqualTo(10);
    assertThat(liveness.caughtUpSince(A, 21)).isEqualTo(Liveness.BEHIND); // the mark is too old
  }

  @Test
  void caughtUpSince_beginsAnew_afterABreak() {
    liveness.expect(Set.of(A));
    liveness.observe(A, true, 10);
    liveness.observe(A, true, 16);
    assertThat(liveness.caughtUpSince(A, 16)).isEqualTo(16);
    liveness.observe(A, false, 17);
    assertThat(liveness.caughtUpSince(A, 17)).isEqualTo(Liveness.BEHIND);
    liveness.observe(A, true, 18);
    assertThat(liveness.caughtUpSince(A, 18)).isEqualTo(18);
  }

  @Test
  void olderThanUnread_isTheWordBeforeTheLatest() {
    liveness.expect(Set.of(A, B));
    liveness.observe(A, true, 10);
    assertThat(liveness.olderThanUnread(A)).isZero();
    liveness.observe(B, true, 11);
    liveness.observe(A, false, 12);
    assertThat(liveness.marks()).isEqualTo(3);
    assertThat(liveness.olderThanUnread(A)).isEqualTo(1);
    liveness.observe(A, true, 13);
    assertThat(liveness.olderThanUnread(A)).isEqualTo(3);
    assertThat(liveness.olderThanUnread(B)).isZero();
  }

  @Test
  void expect_keepsWhatIsKnown_andForgetsOthers() {
    liveness.expect(Set.of(A, B));
    liveness.observe(A, true, 10);
    liveness.observe(B, true, 10);
    liveness.expect(Set.of(A));
    liveness.observe(B, true, 11); // passed over

    assertThat(liveness.partitions()).containsExactly(A);
    assertThat(liveness.caughtUpSince(A, 11)).isEqualTo(10);
    assertThat(liveness.caughtUpSince(B, 11)).isEqualTo(Liveness.BEHIND);
    liveness.expect(Set.of(A, B));
    assertThat(liveness.caughtUpSince(B, 11)).isEqualTo(Liveness.BEHIND);
  }
}
