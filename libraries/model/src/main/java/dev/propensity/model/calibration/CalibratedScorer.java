package dev.propensity.model.calibration;

import dev.propensity.model.trainer.Scorer;

/** Scores by a model's margin and a calibrator. */
record CalibratedScorer(Scorer model, Calibrator calibrator) implements Scorer {

  @Override
  public float score(float[] values, int offset) {
    return calibrator.probability(model.margin(values, offset));
  }

  @Override
  public float[] scores(float[] values, int rows) {
    float[] scores = model.margins(values, rows);
    for (int row = 0; row < rows; row++) {
      scores[row] = calibrator.probability(scores[row]);
    }
    return scores;
  }

  @Override
  public float margin(float[] values, int offset) {
    return model.margin(values, offset);
  }

  @Override
  public float[] margins(float[] values, int rows) {
    return model.margins(values, rows);
  }
}
