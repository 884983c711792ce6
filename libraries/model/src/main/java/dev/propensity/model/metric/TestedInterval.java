package dev.propensity.model.metric;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A difference with its 95% confidence interval and p-value.
 *
 * @param value the difference
 * @param low the interval's lower bound
 * @param high the interval's upper bound
 * @param p the p-value, adjusted for the number of groups by Holm's method; the interval is not
 */
public record TestedInterval(double value, double low, double high, double p) {
  TestedInterval(Interval interval, double p) {
    this(interval.value(), interval.low(), interval.high(), p);
  }

  /** Whether the difference is significant among those of all groups. */
  @JsonIgnore
  public boolean isSignificant() {
    return p < Significance.LEVEL;
  }
}
