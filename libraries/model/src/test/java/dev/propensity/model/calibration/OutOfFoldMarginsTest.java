package dev.propensity.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.split.SplitMix64;
import dev.propensity.model.Offers;
import dev.propensity.model.Trainers;
import dev.propensity.model.metric.CalibrationSlope;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.RocAuc;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.Trainer;
import org.junit.jupiter.api.Test;

class OutOfFoldMarginsTest {
  private static final Encoder ENCODER = Offers.encoder();

  @Test
  void calibratesAModelOfAllRowsWhoseMarginsAreShrunk() throws Exception {
    Trainer trainer = Trainers.named("logistic");
    JsonNode parameters = trainer.parameters(new ObjectMapper().readTree("{\"C\": 0.0001}"));
    FeatureTable rows = Offers.table(6000, 1);
    FeatureTable others = Offers.table(20_000, 2);
    Scorer scorer = trainer.scorer(trainer.refit(ENCODER, rows, 1, parameters, 1).bytes());
    assertThat(slope(scorer, others).low()).as("without calibration").isGreaterThan(1.5);

    MarginRows margins =
        new OutOfFoldMargins(trainer, ENCODER, parameters, 1).of(rows, 1).orElseThrow();
    Calibrator calibrator = CalibratorFit.of(CalibrationMethod.AUTO, margins);
    assertThat(slope(calibrator.over(scorer), others).value()).isBetween(.85, 1.15);
  }

  @Test
  void aRowHasNoPartInItsOwnMargin() throws Exception {
    Trainer trainer = Trainers.named("xgboost");
    JsonNode parameters =
        trainer.parameters(new ObjectMapper().readTree("{\"eta\": 0.5, \"max_depth\": 12}"));
    FeatureTable offers = Offers.table(2000, 1);
    byte[] labels = new byte[offers.rows()];
    SplitMix64 random = new SplitMix64(3);
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) (random.fraction() < 0.5 ? 1 : 0);
    }
    FeatureTable rows = new FeatureTable(offers.names(), (String[]) null, labels, offers.values());

    Scorer scorer = trainer.scorer(trainer.refit(ENCODER, rows, 20, parameters, 1).bytes());
    assertThat(auc(labels, scorer.margins(rows.values(), rows.rows())))
        .as("of rows that the model was fitted to")
        .isGreaterThan(0.75);
    MarginRows margins =
        new OutOfFoldMargins(trainer, ENCODER, parameters, 1).of(rows, 20).orElseThrow();
    assertThat(auc(labels, margins.margins())).isBetween(0.45, 0.55);
  }

  private static double auc(byte[] labels, float[] margins) {
    float[] scores = new float[margins.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = (float) (1 / (1 + Math.exp(-margins[row])));
    }
    return RocAuc.of(Ranking.of(ScoredRows.of("these rows", labels, scores)));
  }

  @Test
  void fewRowsOfALabelFitNothing() {
    FeatureTable rows = Offers.table(40, 1);
    Trainer trainer = Trainers.named("logistic");
    assertThat(new OutOfFoldMargins(trainer, ENCODER, trainer.parameters(null), 1).of(rows, 1))
        .isEmpty();
  }

  private static Interval slope(Scorer scorer, FeatureTable rows) {
    float[] scores = scorer.scores(rows.values(), rows.rows());
    return CalibrationSlope.of(ScoredRows.of("the rows", rows.labels(), scores));
  }
}
