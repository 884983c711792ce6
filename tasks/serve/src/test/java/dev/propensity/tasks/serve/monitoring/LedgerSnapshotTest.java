package dev.propensity.tasks.serve.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerSnapshotTest {
  private static ReleaseEvent event(
      int number, String action, @Nullable Integer champion, String when) {
    return new ReleaseEvent(number, action, 1, null, champion, "test", when, "test");
  }

  private static LedgerSnapshot of(ReleaseEvent... releases) {
    return new LedgerSnapshot(null, List.of(releases), List.of(), null, null);
  }

  private static final ReleaseEvent FIRST = event(2, "released", 1, "2026-01-02T00:00:00Z");
  private static final ReleaseEvent SECOND = event(3, "released", 2, "2026-01-03T00:00:00Z");

  @Test
  void aChallengerDoesNotMakeTheChampionYounger() {
    assertThat(of(FIRST, SECOND, event(4, "challenger", 2, "2026-01-04T00:00:00Z")).championSince())
        .contains("2026-01-03T00:00:00Z");
  }

  @Test
  void aRollbackReturnsToTheAgeOfTheModelBefore() {
    assertThat(
            of(FIRST, SECOND, event(4, "rolled_back", 1, "2026-01-04T00:00:00Z")).championSince())
        .contains("2026-01-02T00:00:00Z");
  }

  @Test
  void thereIsNoTimeWithoutAChampion() {
    assertThat(of().championSince()).isEmpty();
    assertThat(of(event(1, "challenger", null, "2026-01-01T00:00:00Z")).championSince()).isEmpty();
    assertThat(of(FIRST, event(3, "rolled_back", null, "2026-01-03T00:00:00Z")).championSince())
        .isEmpty();
  }
}
