package dev.propensity.monitoring.performance;

import dev.propensity.foundation.Digest;
import dev.propensity.model.prediction.Selection;
import dev.propensity.monitoring.profile.TimeWindow;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The customers that a model scored in a window, each with the last score. About 150 bytes a
 * customer.
 */
public final class ScoredWindow {
  private final TimeWindow window;
  private final MessageDigest sha256 = Digest.sha256();
  private final Map<CustomerKey, Customer> customers = new HashMap<>();
  private long scores;
  private long otherModels;
  private long unidentified;

  /** Nobody yet. */
  public ScoredWindow(TimeWindow window) {
    this.window = window;
  }

  public TimeWindow window() {
    return window;
  }

  /**
   * Adds a score that an endpoint captured.
   *
   * @param identifier by {@link JoinedIdentifiers}; null where it is not captured
   * @param time in milliseconds since 1970; one outside the window does not count
   * @param isOfModel whether the model computed it
   */
  public void addCaptured(@Nullable String identifier, long time, float score, boolean isOfModel) {
    add(identifier, time, score, isOfModel, (byte) -1, Selection.SCORE);
  }

  /**
   * Adds a score of a prediction.
   *
   * @param identifier by {@link JoinedIdentifiers}
   * @param time when the prediction was made
   * @param isSelected whether the customer was to be contacted
   */
  public void addPredicted(
      String identifier, Instant time, float score, boolean isSelected, Selection selection) {
    byte planned = (byte) (isSelected ? 1 : 0);
    add(identifier, time.toEpochMilli(), score, true, planned, selection);
  }

  private void add(
      @Nullable String identifier,
      long time,
      float score,
      boolean isOfModel,
      byte planned,
      Selection selection) {
    if (!window.contains(Instant.ofEpochMilli(time))) {
      return;
    }
    if (!isOfModel) {
      otherModels++;
    } else if (identifier == null) {
      unidentified++;
    } else {
      scores++;
      customers
          .computeIfAbsent(CustomerKey.of(sha256, identifier), key -> new Customer())
          .scored(time, score, planned, selection);
    }
  }

  /** The customer of this identifier; null where there is none. */
  @Nullable Customer find(String identifier) {
    return customers.get(CustomerKey.of(sha256, identifier));
  }

  /** All customers, in an order that does not depend on that of the scores. */
  Collection<Customer> customers() {
    List<CustomerKey> keys = customers.keySet().stream().sorted().toList();
    return keys.stream().map(customers::get).toList();
  }

  /** How many customers there are. */
  public int size() {
    return customers.size();
  }

  /** How many scores of the model there are; a customer may have several. */
  public long scores() {
    return scores;
  }

  /** How many scores another model computed. */
  public long otherModels() {
    return otherModels;
  }

  /** How many scores of the model have no identifier. */
  public long unidentified() {
    return unidentified;
  }
}
