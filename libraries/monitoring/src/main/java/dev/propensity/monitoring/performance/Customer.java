package dev.propensity.monitoring.performance;

import dev.propensity.model.prediction.Selection;
import dev.propensity.monitoring.outcome.OutcomeRow;

/** A customer's last score in a window, and what is known of the outcome. */
final class Customer {
  private long time = Long.MIN_VALUE;
  private float score;
  private byte planned = OutcomeRow.UNKNOWN;
  private Selection selection = Selection.SCORE;
  private byte label = OutcomeRow.UNKNOWN;
  private byte contacted = OutcomeRow.UNKNOWN;
  private long labelTime = Long.MIN_VALUE;
  private long contactTime = Long.MIN_VALUE;

  /** Sets the score, if none is later; of two at one time, the higher one counts. */
  void scored(long at, float value, byte contact, Selection reason) {
    if (at > time || at == time && value > score) {
      time = at;
      score = value;
      planned = contact;
      selection = reason;
    }
  }

  /** Sets the label, if none is later; returns the one before. */
  byte answered(long at, byte value) {
    byte before = label;
    if (at >= labelTime) {
      labelTime = at;
      label = value;
    }
    return before;
  }

  /** Sets whether the customer was contacted, if no later outcome says so. */
  void contacted(long at, byte value) {
    if (at >= contactTime) {
      contactTime = at;
      contacted = value;
    }
  }

  /** When the score was computed, in milliseconds since 1970. */
  long time() {
    return time;
  }

  float score() {
    return score;
  }

  /** 1 or 0: whether predict selected the customer; else unknown. */
  byte planned() {
    return planned;
  }

  Selection selection() {
    return selection;
  }

  boolean isPositive() {
    return label == 1;
  }

  /** 1 or 0 where the outcomes say whether the customer was contacted; else unknown. */
  byte contacted() {
    return contacted;
  }
}
