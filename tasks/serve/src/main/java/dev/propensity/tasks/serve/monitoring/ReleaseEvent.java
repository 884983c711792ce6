package dev.propensity.tasks.serve.monitoring;

import dev.propensity.tracking.LedgerEntry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the release ledger, without the digests of all versions that it also has.
 *
 * @param action such as {@code rolled_back}
 * @param version of the model that the action is about
 * @param from the version that was live before; null if there was none
 * @param to the version that was live after
 * @param when as ISO 8601 in UTC
 */
record ReleaseEvent(
    int number,
    String action,
    int version,
    @Nullable Integer from,
    @Nullable Integer to,
    String who,
    String when,
    String why) {

  static ReleaseEvent of(LedgerEntry entry) {
    return new ReleaseEvent(
        entry.number(),
        entry.action().name().toLowerCase(Locale.ROOT),
        entry.subject().version(),
        entry.before().orElse(null),
        entry.after().orElse(null),
        entry.who(),
        entry.when(),
        entry.why());
  }
}
