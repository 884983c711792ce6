package dev.propensity.monitoring.performance;

import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.monitoring.outcome.OutcomeRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Joins outcomes with the customers of a window. An outcome counts if its day, in UTC, is that of
 * the score or one of the days of the horizon after it; one without a time, if it was received on
 * that day or later. The last by time wins; of equal times the one that is added last.
 */
public final class OutcomeJoin {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final ScoredWindow scored;
  private final JoinedIdentifiers identifiers;
  private final int horizonDays;
  private final long mature;
  private int batches;
  private long used;
  private long unanswered;
  private long late;
  private long repeated;
  private long corrected;
  private long outside;
  private long unknown;

  /**
   * @param scored with all scores
   * @param horizonDays the days after a score in which an outcome counts
   */
  public OutcomeJoin(ScoredWindow scored, JoinedIdentifiers identifiers, int horizonDays) {
    this.scored = scored;
    this.identifiers = identifiers;
    this.horizonDays = horizonDays;
    this.mature = maturity(scored.window().to(), horizonDays).toEpochMilli();
  }

  /** The time from which the outcomes of a window that ends then are complete. */
  public static Instant maturity(Instant end, int horizonDays) {
    return end.plus(Duration.ofDays(horizonDays));
  }

  /** Begins a batch; batches are added in the order in which they were received. */
  public void begin() {
    batches++;
  }

  /**
   * Adds an outcome.
   *
   * @param header of its batch
   */
  public void add(OutcomeHeader header, OutcomeRow row) {
    long received = Instant.parse(header.received()).toEpochMilli();
    boolean isTimed = row.time() != OutcomeRow.NO_TIME;
    long time = isTimed ? row.time() : received;
    boolean isCounted = isTimed ? isDuring(time) : !isBefore(time);
    Customer customer =
        scored.find(
            identifiers.ofOutcome(header.identifier(), header.key(), row.identifier(), isCounted));
    if (customer == null) {
      unknown += isDuring(time) ? 1 : 0;
      return;
    }
    long days = Math.floorDiv(time, DAY) - Math.floorDiv(customer.time(), DAY);
    if (days < 0 || isTimed && days > horizonDays) {
      outside++;
      return;
    }
    used++;
    late += received > mature ? 1 : 0;
    use(customer, row, time);
  }

  private void use(Customer customer, OutcomeRow row, long time) {
    if (row.contacted() != OutcomeRow.UNKNOWN) {
      customer.contacted(time, row.contacted());
    }
    if (row.label() == OutcomeRow.UNKNOWN) {
      unanswered++;
      return;
    }
    byte before = customer.answered(time, row.label());
    if (before != OutcomeRow.UNKNOWN) {
      repeated += before == row.label() ? 1 : 0;
      corrected += before == row.label() ? 0 : 1;
    }
  }

  private boolean isDuring(long time) {
    return !isBefore(time) && time < mature;
  }

  private boolean isBefore(long time) {
    return Instant.ofEpochMilli(time).isBefore(scored.window().from());
  }

  /** What was joined. */
  public OutcomeCounts counts() {
    return new OutcomeCounts(
        batches, used, unanswered, late, repeated, corrected, outside, unknown);
  }

  /** The window's customers, whose outcomes were added. */
  ScoredWindow scored() {
    return scored;
  }

  /** A warning where outcomes and scores have no customer in common; null where they have. */
  @Nullable String warning() {
    return used == 0 && unknown > 0 && scored.size() > 0
        ? "no outcome is of a customer who was scored: are the identifiers written in the same way,"
            + " and hashed with the same key?"
        : null;
  }
}
