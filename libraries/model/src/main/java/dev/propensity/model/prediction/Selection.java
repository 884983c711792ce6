package dev.propensity.model.prediction;

import java.util.Locale;

/** Why a customer is to be contacted, or not. */
public enum Selection {
  /** By the score. */
  SCORE,
  /** Contacted whatever the score, to measure the model on all customers. */
  EXPLORE,
  /** Never contacted, to measure what contacts add. */
  CONTROL;

  /** As files have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
