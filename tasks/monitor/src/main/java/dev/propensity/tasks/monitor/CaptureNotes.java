package dev.propensity.tasks.monitor;

import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader must know about how a window was captured. */
final class CaptureNotes {
  private CaptureNotes() {}

  /** The times in which a server was killed, with rows whose number is unknown. */
  static List<String> gaps(Profile profile) {
    return profile.traffic().gaps().stream()
        .map(
            gap ->
                "rows from %s to %s are unknown: a server was killed"
                    .formatted(gap.from(), gap.to()))
        .toList();
  }

  /** What may make the window doubtful. */
  static List<String> warnings(Profile profile) {
    Traffic traffic = profile.traffic();
    List<String> warnings = new ArrayList<>();
    add(
        warnings,
        traffic.dropped(),
        "%,d answered rows were not captured: a queue or a disk was full");
    add(
        warnings,
        profile.rows() - profile.scored(),
        "%,d rows were answered by another model: their scores are left out");
    add(warnings, traffic.damaged().size(), "%,d segments cannot be read, and are left out");
    add(
        warnings,
        traffic.skewed(),
        "%,d rows have a time outside their segment's hour: a server's clock was set");
    if (!profile.excluded().isEmpty()) {
      warnings.add("not captured: " + String.join(", ", profile.excluded()));
    }
    return warnings;
  }

  private static void add(List<String> warnings, long count, String text) {
    if (count > 0) {
      warnings.add(String.format(Locale.ROOT, text, count));
    }
  }
}
