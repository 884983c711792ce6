package dev.propensity.task;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task's result, which Airflow reads.
 *
 * @param uri the artifact or ledger entry that was made or found; null where there is none
 * @param reason one line for users; null where the status is sufficient
 * @param details further facts, beside the others in the JSON: {@code name} (the dataset's name
 *     with its origin), {@code version}, {@code metrics}, {@code report}, {@code mlflow_run},
 *     {@code endpoint}, …; values are texts, numbers, lists and maps of these
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
    Status status,
    @Nullable String uri,
    @Nullable String reason,
    SortedMap<String, Object> details) {
  public Outcome {
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** An outcome without details. */
  public Outcome(Status status, @Nullable String uri, @Nullable String reason) {
    this(status, uri, reason, Collections.emptySortedMap());
  }

  @Override
  @JsonAnyGetter
  public SortedMap<String, Object> details() {
    return details;
  }

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
    /** The work goes on elsewhere: to be run again when the change has ended. */
    WAITING,
    /** A dry run, with {@code --plan}. */
    PLANNED;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same outcome with an additional reason; null adds nothing. */
  Outcome because(@Nullable String more) {
    return more == null ? this : new Outcome(status, uri, reason + "; " + more, details);
  }

  /** The same outcome with one more detail. */
  public Outcome with(String key, Object value) {
    return with(Map.of(key, value));
  }

  /** The same outcome with more details. */
  public Outcome with(Map<String, ?> more) {
    SortedMap<String, Object> all = new TreeMap<>(details);
    all.putAll(more);
    return new Outcome(status, uri, reason, all);
  }

  /** The work was done by this run; the reason is one line for users, or null. */
  public static Outcome done(Object uri, @Nullable String reason) {
    return new Outcome(Status.DONE, uri.toString(), reason);
  }

  /**
   * The work goes on at an endpoint that is being changed; the detail {@code change} says which.
   *
   * @param endpoint that is being changed, such as {@code sagemaker:propensity-dev-insurance}
   * @param begun what identifies the change, the next run's {@code --begun}; null if unknown
   */
  public static Outcome waiting(
      Object uri, String reason, String endpoint, @Nullable String begun) {
    Map<String, String> change =
        begun == null ? Map.of("endpoint", endpoint) : Map.of("endpoint", endpoint, "begun", begun);
    return new Outcome(Status.WAITING, uri.toString(), reason)
        .with("change", new TreeMap<>(change));
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
