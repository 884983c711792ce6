package dev.propensity.model.metric;

import org.jspecify.annotations.Nullable;

/** What is counted of the rows of a group. */
final class GroupRows {
  private int rows;
  private int positives;
  private int selected;
  private int hits;
  private double scores;
  private double errors; // scores − labels
  private double squares;

  /**
   * Adds a row.
   *
   * @param threshold from which on it is selected
   */
  void add(float score, int label, double threshold) {
    double error = score - (double) label;
    rows++;
    positives += label;
    scores += score;
    errors += error;
    squares += error * error;
    if (score >= threshold) {
      selected++;
      hits += label;
    }
  }

  /** The rows of all groups but this one; their errors are not counted. */
  GroupRows othersAmong(GroupRows all) {
    GroupRows others = new GroupRows();
    others.rows = all.rows - rows;
    others.positives = all.positives - positives;
    others.selected = all.selected - selected;
    others.hits = all.hits - hits;
    return others;
  }

  int positives() {
    return positives;
  }

  int negatives() {
    return rows - positives;
  }

  /** The share of the rows at or above the threshold. */
  Proportion selection() {
    return new Proportion(selected, rows);
  }

  /** The share of the positives at or above the threshold. */
  Proportion recall() {
    return new Proportion(hits, positives);
  }

  /** The share of positives. */
  Proportion base() {
    return new Proportion(positives, rows);
  }

  /** Mean score − base rate of at least two rows; see {@link CalibrationBias}. */
  MeanEstimate bias() {
    double mean = errors / rows;
    double variance = Math.max(0, squares - rows * mean * mean) / (rows - 1);
    return new MeanEstimate(mean, variance / rows);
  }

  Group described(String value, @Nullable GroupStatistics statistics) {
    return new Group(
        value,
        rows,
        positives,
        selection().rate(),
        positives == 0 ? null : recall().rate(),
        scores / rows,
        base().rate(),
        statistics);
  }
}
