package dev.propensity.model.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.trainer.Trainer;
import java.util.Optional;

/**
 * Margins to calibrate a model that is trained on all rows: each row's by a model that was trained
 * on nineteen twentieths of all rows, without this one. Fewer rows give smaller margins where
 * regularization is strong, so its weight is that of all rows.
 */
public final class OutOfFoldMargins {
  private static final int FOLDS = 20;
  private static final int FEWEST = FOLDS; // of each label, so that every fold has both

  private final Trainer trainer;
  private final Encoder encoder;
  private final JsonNode parameters;
  private final int threads;

  /**
   * @param parameters as {@link Trainer#parameters} returns them
   * @param threads the number of threads; does not change the result
   */
  public OutOfFoldMargins(Trainer trainer, Encoder encoder, JsonNode parameters, int threads) {
    this.trainer = trainer;
    this.encoder = encoder;
    this.parameters = parameters;
    this.threads = threads;
  }

  /** Whether each label has enough rows, twenty. */
  public static boolean isPossible(FeatureTable rows) {
    return Math.min(rows.positives(), rows.rows() - rows.positives()) >= FEWEST;
  }

  /**
   * Trains twenty models, each for these rounds.
   *
   * @return the rows' margins; empty if a label has fewer than twenty rows
   */
  public Optional<MarginRows> of(FeatureTable rows, int rounds) {
    if (!isPossible(rows)) {
      return Optional.empty();
    }
    JsonNode scaled = trainer.forShareOfRows(parameters, (FOLDS - 1.0) / FOLDS);
    float[] margins = new float[rows.rows()];
    RowFolds folds = new RowFolds(rows.labels(), FOLDS);
    for (int held = 0; held < FOLDS; held++) {
      int fold = held;
      FeatureTable others = rows.where(row -> folds.of(row) != fold);
      FeatureTable own = rows.where(row -> folds.of(row) == fold);
      byte[] model = trainer.refit(encoder, others, rounds, scaled, threads).bytes();
      float[] scored = trainer.scorer(model).margins(own.values(), own.rows());
      int next = 0;
      for (int row = 0; row < margins.length; row++) {
        if (folds.of(row) == fold) {
          margins[row] = scored[next++];
        }
      }
    }
    return Optional.of(new MarginRows(margins, rows.labels()));
  }
}
