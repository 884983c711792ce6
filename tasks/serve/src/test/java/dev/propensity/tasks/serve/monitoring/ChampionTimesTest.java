package dev.propensity.tasks.serve.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChampionTimesTest {
  private static ReleaseEvent event(
      int number, String action, @Nullable Integer champion, String when) {
    return new ReleaseEvent(number, action, 1, null, champion, "test", when, "test");
  }

  private static @Nullable String since(ReleaseEvent... events) {
    ChampionTimes times = new ChampionTimes();
    times.add(List.of(events));
    return times.champion(List.of(events));
  }

  private static final ReleaseEvent FIRST = event(2, "released", 1, "2026-01-02T00:00:00Z");
  private static final ReleaseEvent SECOND = event(3, "released", 2, "2026-01-03T00:00:00Z");

  @Test
  void aChallengerDoesNotMakeTheChampionYounger() {
    assertThat(since(FIRST, SECOND, event(4, "challenger", 2, "2026-01-04T00:00:00Z")))
        .isEqualTo("2026-01-03T00:00:00Z");
  }

  @Test
  void aRollbackReturnsToTheAgeOfTheModelBefore() {
    assertThat(since(FIRST, SECOND, event(4, "rolled_back", 1, "2026-01-04T00:00:00Z")))
        .isEqualTo("2026-01-02T00:00:00Z");
  }

  @Test
  void thereIsNoTimeWithoutAChampion() {
    assertThat(since()).isNull();
    assertThat(since(event(1, "challenger", null, "2026-01-01T00:00:00Z"))).isNull();
    assertThat(since(FIRST, event(3, "rolled_back", null, "2026-01-03T00:00:00Z"))).isNull();
  }

  @Test
  void anOldChampionKeepsItsTimeBehindManyChallengers() {
    ChampionTimes times = new ChampionTimes();
    times.add(List.of(FIRST, SECOND));
    List<ReleaseEvent> latest =
        IntStream.range(4, 200)
            .mapToObj(number -> event(number, "challenger", 2, "2026-06-01T00:00:00Z"))
            .toList();
    times.add(latest);
    assertThat(times.champion(latest.subList(146, 196))).isEqualTo("2026-01-03T00:00:00Z");
  }
}
