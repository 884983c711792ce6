package dev.propensity.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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
    REFUSED;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Outcome done(Object uri, String reason) {
    return new Outcome(Status.DONE, uri.toString(), reason);
  }

  public static Outcome unchanged(Object uri, String reason) {
    return new Outcome(Status.UNCHANGED, uri.toString(), reason);
  }

  public static Outcome skipped(Object uri, String reason) {
    return new Outcome(Status.SKIPPED, uri.toString(), reason);
  }
}
