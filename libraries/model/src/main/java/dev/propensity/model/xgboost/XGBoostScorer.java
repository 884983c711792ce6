package dev.propensity.model.xgboost;

import dev.propensity.model.metric.Sigmoid;
import dev.propensity.model.trainer.Scorer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows with XGBoost's trees without the library: float32 sums in the library's order, so
 * that margins and scores are equal to the bit.
 *
 * <p>Missing values (NaN) take a node's default side. At a category's split the stored codes go
 * right, every other code left, including unseen ones ({@code common/categorical.h} of XGBoost).
 */
final class XGBoostScorer implements Scorer {
  private static final double SMALLEST_PROBABILITY = 1e-6;
  private static final int MANY = 256; // minimum rows for which the tables are faster

  private final Stump[] stumps; // by tree; null where it is none
  private final PackedTrees packed;
  private final float baseMargin;
  private final boolean logistic;
  private @Nullable XGBoostTrees trees; // until the tables are made of them
  private @Nullable Optional<LeafTables> tables;

  XGBoostScorer(XGBoostTrees trees) {
    this.trees = trees;
    this.stumps = trees.trees().stream().map(Stump::of).toArray(Stump[]::new);
    this.packed = new PackedTrees(trees.trees());
    this.logistic = trees.isLogistic();
    this.baseMargin = logistic ? logit(trees.baseScore()) : trees.baseScore();
  }

  @Override
  public float score(float[] values, int offset) {
    return probability(sum(values, offset));
  }

  @Override
  public float[] scores(float[] values, int rows) {
    float[] scores = sums(values, rows);
    for (int row = 0; row < rows; row++) {
      scores[row] = probability(scores[row]);
    }
    return scores;
  }

  @Override
  public float margin(float[] values, int offset) {
    return logOdds(sum(values, offset));
  }

  @Override
  public float[] margins(float[] values, int rows) {
    float[] margins = sums(values, rows);
    for (int row = 0; row < rows; row++) {
      margins[row] = logOdds(margins[row]);
    }
    return margins;
  }

  private float[] sums(float[] values, int rows) {
    int width = rows == 0 ? 0 : values.length / rows;
    float[] sums = new float[rows];
    Arrays.fill(sums, baseMargin);
    Optional<LeafTables> leaves = rows < MANY ? Optional.empty() : tables();
    if (leaves.isPresent()) {
      leaves.get().addTo(sums, values, width);
    } else {
      addLeaves(sums, values, width);
    }
    return sums;
  }

  // Tree by tree, so that a tree stays in the processor's cache: twice as fast as row by row.
  private void addLeaves(float[] scores, float[] values, int width) {
    float[][] columns = new float[width][]; // of the stumps' features
    for (int tree = 0; tree < packed.count(); tree++) {
      Stump stump = stumps[tree];
      if (stump == null) {
        for (int row = 0; row < scores.length; row++) {
          scores[row] += packed.leaf(tree, values, row * width);
        }
        continue;
      }
      if (columns[stump.feature()] == null) {
        columns[stump.feature()] = column(values, width, stump.feature());
      }
      stump.addTo(scores, columns[stump.feature()]);
    }
  }

  private static float[] column(float[] values, int width, int feature) {
    float[] column = new float[values.length / width];
    for (int row = 0; row < column.length; row++) {
      column[row] = values[row * width + feature];
    }
    return column;
  }

  /** Created when many rows are first scored: endpoints with small requests save the memory. */
  private synchronized Optional<LeafTables> tables() {
    if (tables == null) {
      boolean onlyStumps = Arrays.stream(stumps).allMatch(Objects::nonNull);
      tables =
          onlyStumps ? Optional.empty() : LeafTables.of(Objects.requireNonNull(trees, "trees"));
      trees = null;
    }
    return tables;
  }

  /** The sum of the trees' leaves: the log-odds, or a forest's probability. */
  float sum(float[] values, int offset) {
    return packed.sum(baseMargin, values, offset);
  }

  /** Of a forest's probability, cut to [ε, 1 − ε]: its leaves may hold positives only, or none. */
  private float logOdds(float sum) {
    if (logistic) {
      return sum;
    }
    double p = Math.max(SMALLEST_PROBABILITY, Math.min(1 - SMALLEST_PROBABILITY, sum));
    return (float) Sigmoid.logOdds(p);
  }

  /** A forest's sum is one already, but for the rounding of its float32 steps. */
  private float probability(float margin) {
    return logistic ? sigmoid(margin) : Math.max(0, Math.min(1, margin));
  }

  // The library's formulas, with its float32 steps.
  private static float sigmoid(float margin) {
    return 1.0f / (FloatMath.exp(Math.max(Math.min(-margin, 88.7f), -87)) + 1.0f + 1e-16f);
  }

  private static float logit(float probability) {
    return -FloatMath.log(1.0f / probability - 1.0f);
  }
}
