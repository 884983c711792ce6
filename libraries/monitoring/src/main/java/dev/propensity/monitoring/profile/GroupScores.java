package dev.propensity.monitoring.profile;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The scores of the groups of a column that is marked as sensitive: of its values or bins in the
 * order of {@link ColumnProfile}, then of the rows whose value is unseen, then of those without a
 * value. Counted are the rows that the profile's model answered.
 *
 * @param rows by group
 * @param scoreSum by group, the sum of the scores, each rounded to a millionth
 * @param selected by group, how many scores are at or above the model's threshold
 */
public record GroupScores(
    long[] rows, @JsonProperty("score_sum") double[] scoreSum, long[] selected) {

  /** The counts of both, which are of the same groups. */
  GroupScores plus(GroupScores other) {
    double[] sums = scoreSum.clone();
    for (int group = 0; group < sums.length; group++) {
      sums[group] =
          Profile.ofMillionths(
              Profile.millionths(sums[group]) + Profile.millionths(other.scoreSum[group]));
    }
    return new GroupScores(
        ColumnProfile.sum(rows, other.rows), sums, ColumnProfile.sum(selected, other.selected));
  }

  /** A group's mean score; NaN where it has no rows. */
  public double meanScore(int group) {
    return scoreSum[group] / rows[group];
  }

  /** The share of a group's rows whose score is at or above the threshold. */
  public double selectionRate(int group) {
    return (double) selected[group] / rows[group];
  }
}
