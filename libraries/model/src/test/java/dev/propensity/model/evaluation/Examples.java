package dev.propensity.model.evaluation;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.dataset.specification.DatasetSpec.ReleaseRule;
import dev.propensity.model.metric.ScoredRows;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Synthetic models that score synthetic rows, deterministic. */
final class Examples {
  static final int ROWS = 2000;
  static final ReleaseRule RULE = new ReleaseRule(.8, 200, .05, .002, .002);
  static final Offer OFFER = new Offer(100, 12, "INR");

  private Examples() {}

  static Evaluator evaluator() {
    SortedMap<String, String[]> sensitive = new TreeMap<>();
    String[] genders = new String[ROWS];
    for (int row = 0; row < ROWS; row++) {
      genders[row] = row % 7 == 0 ? "" : row % 3 == 0 ? "Female" : "Male";
    }
    sensitive.put("Gender", genders);
    return new Evaluator(RULE, OFFER, sensitive);
  }

  /** A model whose scores are the rows' true probabilities, and another that blurs them. */
  static ScoredModel model(double blur) {
    Random random = new Random(2026);
    Random noise = new Random(7);
    byte[] labels = new byte[ROWS];
    float[] scores = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      double truth = StrictMath.pow(random.nextDouble(), 4) * .75;
      labels[row] = (byte) (random.nextDouble() < truth ? 1 : 0);
      double blurred = truth + blur * (noise.nextDouble() - .5);
      scores[row] = (float) (Math.round(Math.min(1, Math.max(0, blurred)) * 512) / 512.0);
    }
    return new ScoredModel(ScoredRows.of("the test split", labels, scores), .125, Optional.empty());
  }
}
