package dev.propensity.model.logistic;

import dev.propensity.model.metric.Sigmoid;
import dev.propensity.model.trainer.Scorer;

/** Scores rows by a design and its weights, in doubles, rounded to float32 at the end. */
record LogisticScorer(Design design, double[] weights) implements Scorer {

  @Override
  public float score(float[] values, int offset) {
    return (float) Sigmoid.of(design.margin(weights, values, offset));
  }

  @Override
  public float[] scores(float[] values, int rows) {
    float[] scores = new float[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = score(values, row * design.features());
    }
    return scores;
  }

  @Override
  public float margin(float[] values, int offset) {
    return (float) design.margin(weights, values, offset);
  }

  @Override
  public float[] margins(float[] values, int rows) {
    float[] margins = new float[rows];
    for (int row = 0; row < rows; row++) {
      margins[row] = margin(values, row * design.features());
    }
    return margins;
  }
}
