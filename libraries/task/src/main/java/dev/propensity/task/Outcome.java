package dev.propensity.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task's result, which Airflow reads.
 *
 * @param uri the artifact or ledger entry that was made or found; null where there is none
 * @param reason one line for users; null where the status is sufficient
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(Status status, @Nullable String uri, @Nullable String reason) {
  /** The task's status. */
  public enum Status {
    /** The work was done by this run. */
    DONE,
    /** The work had been done before; the URI is its result. */
    UNCHANGED,
    /** There was nothing to do; exit code 99. */
    SKIPPED,
    /** User action required; exit code 2. */
    REJECTED,
    /** A dry run, with {@code --plan}. */
    PLANNED;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same outcome with an additional reason; null adds nothing. */
  Outcome with(String more) {
    return more == null ? this : new Outcome(status, uri, reason + "; " + more);
  }

  /** The work was done by this run; the reason is one line for users, or null. */
  public static Outcome done(Object uri, @Nullable String reason) {
    return new Outcome(Status.DONE, uri.toString(), reason);
  }

  /**
   * The work had been done before.
   *
   * @param uri null where there is no result
   * @param reason one line for users, or null
   */
  public static Outcome unchanged(@Nullable Object uri, String reason) {
    return new Outcome(Status.UNCHANGED, uri == null ? null : uri.toString(), reason);
  }

  /** The work had been done before, at that time. */
  public static Outcome unchanged(Object uri, Instant since) {
    return unchanged(uri, "unchanged since " + since.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The artifact of a dry run, and since when it exists. */
  static Outcome planned(Object uri, Optional<Instant> since) {
    String reason =
        since
            .map(time -> "there since " + time.truncatedTo(ChronoUnit.SECONDS))
            .orElse("not there");
    return new Outcome(Status.PLANNED, uri.toString(), reason);
  }

  /** There was nothing to do, for this reason; the URI is the artifact that was checked. */
  public static Outcome skipped(Object uri, String reason) {
    return new Outcome(Status.SKIPPED, uri.toString(), reason);
  }
}
