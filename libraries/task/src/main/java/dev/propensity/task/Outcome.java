package dev.propensity.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A task's result, the only thing that Airflow reads of it.
 *
 * @param uri the artifact or ledger entry that was made or found; null where there is none
 * @param reason one line for people; null where the status says it all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(Status status, String uri, String reason) {
  /** What became of the task. */
  public enum Status {
    /** The work was done now. */
    DONE,
    /** The work had been done before; the URI is what it made. */
    UNCHANGED,
    /** There was nothing to do; exit code 99. */
    SKIPPED,
    /** A person must act; exit code 2. */
    REFUSED,
    /** Only asked what would be made, with {@code --plan}. */
    PLANNED;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same outcome with more for people to read; null adds nothing. */
  Outcome with(String more) {
    return more == null ? this : new Outcome(status, uri, reason + "; " + more);
  }

  /** The work was done now; the reason is one line for people, or null. */
  public static Outcome done(Object uri, String reason) {
    return new Outcome(Status.DONE, uri.toString(), reason);
  }

  /**
   * The work had been done before.
   *
   * @param uri null where the answer is none
   * @param reason one line for people, or null
   */
  public static Outcome unchanged(Object uri, String reason) {
    return new Outcome(Status.UNCHANGED, uri == null ? null : uri.toString(), reason);
  }

  /** The work had been done before, at that time. */
  public static Outcome unchanged(Object uri, Instant since) {
    return unchanged(uri, "unchanged since " + since.truncatedTo(ChronoUnit.SECONDS));
  }

  /** What would be made, and since when it is there. */
  static Outcome planned(Object uri, Optional<Instant> since) {
    String reason =
        since
            .map(time -> "there since " + time.truncatedTo(ChronoUnit.SECONDS))
            .orElse("not there");
    return new Outcome(Status.PLANNED, uri.toString(), reason);
  }

  /** There was nothing to do, for this reason; the URI is what was looked at. */
  public static Outcome skipped(Object uri, String reason) {
    return new Outcome(Status.SKIPPED, uri.toString(), reason);
  }
}
