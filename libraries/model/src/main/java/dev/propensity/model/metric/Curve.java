package dev.propensity.model.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * The points of a plot, at most {@value #POINTS}: of longer curves every k-th is kept, the first
 * and the last among them.
 *
 * @param x from left to right
 * @param y one for each x
 */
public record Curve(List<Double> x, List<Double> y) {
  /** The most points that a curve has. */
  public static final int POINTS = 200;

  public Curve {
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (x.size() != y.size()) {
      throw new IllegalArgumentException(x.size() + " x, " + y.size() + " y");
    }
  }

  /** The ROC curve: share of negatives selected against share of positives selected. */
  public static Curve roc(Ranking ranking) {
    return thinned(
        -1,
        ranking,
        step -> (double) (ranking.selected(step) - ranking.hits(step)) / ranking.negatives(),
        step -> (double) ranking.hits(step) / ranking.positives());
  }

  /** Recall against precision, from the highest score on. */
  public static Curve precisionRecall(Ranking ranking) {
    return thinned(
        0,
        ranking,
        step -> (double) ranking.hits(step) / ranking.positives(),
        step -> (double) ranking.hits(step) / ranking.selected(step));
  }

  /** Share of rows contacted against share of positives among them. */
  public static Curve gain(Ranking ranking) {
    return thinned(
        -1,
        ranking,
        step -> (double) ranking.selected(step) / ranking.rows(),
        step -> (double) ranking.hits(step) / ranking.positives());
  }

  /** Mean score against share of positives, a point for each bin. */
  public static Curve calibration(List<Calibration.Bin> bins) {
    return new Curve(
        bins.stream().map(Calibration.Bin::score).toList(),
        bins.stream().map(Calibration.Bin::rate).toList());
  }

  /** The largest coordinate of its points; 0 where it has none. */
  public double maximum() {
    return Stream.concat(x.stream(), y.stream()).mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static Curve thinned(
      int first, Ranking ranking, IntToDoubleFunction x, IntToDoubleFunction y) {
    int count = ranking.steps() - first;
    int points = Math.min(count, POINTS);
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      int step = first + (points == 1 ? 0 : (int) ((long) point * (count - 1) / (points - 1)));
      xs.add(x.applyAsDouble(step));
      ys.add(y.applyAsDouble(step));
    }
    return new Curve(xs, ys);
  }
}
