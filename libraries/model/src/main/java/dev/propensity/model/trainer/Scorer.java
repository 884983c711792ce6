package dev.propensity.model.trainer;

/** Scores encoded rows. Safe for many threads at once. */
public interface Scorer {
  /**
   * The probability of a positive label.
   *
   * @param values holds {@code [rows][features]}, row-major
   * @param offset where the row begins
   */
  float score(float[] values, int offset);

  /**
   * The probabilities of many rows, faster than one by one.
   *
   * @param values {@code [rows][features]}, row-major, nothing else
   */
  float[] scores(float[] values, int rows);

  /**
   * The model's own log-odds of a positive label, before calibration.
   *
   * @param values holds {@code [rows][features]}, row-major
   * @param offset where the row begins
   */
  float margin(float[] values, int offset);

  /**
   * The log-odds of many rows, faster than one by one.
   *
   * @param values {@code [rows][features]}, row-major, nothing else
   */
  float[] margins(float[] values, int rows);
}
