package dev.propensity.tasks.serve.monitoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each model became the champion for the first time. It remembers entries that are no longer
 * among the last ones: each run that trains a worse model appends one.
 */
final class ChampionTimes {
  private final Map<Integer, String> first = new HashMap<>(); // by version

  /**
   * @param events of the release ledger, in order; none may be added before earlier ones
   */
  void add(List<ReleaseEvent> events) {
    for (ReleaseEvent event : events) {
      Integer champion = event.to();
      if (champion != null) {
        first.putIfAbsent(champion, event.when());
      }
    }
  }

  /** As ISO 8601; null if there is no champion after the last event. */
  @Nullable String champion(List<ReleaseEvent> events) {
    Integer champion = events.isEmpty() ? null : events.get(events.size() - 1).to();
    return champion == null ? null : first.get(champion);
  }
}
