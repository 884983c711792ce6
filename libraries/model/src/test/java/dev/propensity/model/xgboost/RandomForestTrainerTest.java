package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.FeatureTables;
import dev.propensity.model.Offers;
import dev.propensity.model.trainer.TrainedModel;
import org.junit.jupiter.api.Test;

class RandomForestTrainerTest {
  private static final FeatureTable TRAIN = FeatureTables.table(6000, 1);
  private static final RandomForestTrainer TRAINER = new RandomForestTrainer();

  @Test
  void scoresRandomUnseenAndInvalidRowsAsTheLibraryDoes() throws Exception {
    TrainedModel model = grow(50, 2);
    XGBoostTrainerTest.assertScoresAgree(model, FeatureTables.table(2000, 2).values());
    XGBoostTrainerTest.assertScoresAgree(model, FeatureTables.strange(5000, 3));
  }

  @Test
  void givesTheSameBytesWithAnyNumberOfThreads() {
    TrainedModel one = grow(20, 1);
    for (int threads = 2; threads <= 4; threads++) {
      assertThat(grow(20, threads).bytes()).isEqualTo(one.bytes());
    }
  }

  @Test
  void growsAsManyTreesAsWantedRegardlessOfTheRounds() {
    var parameters = TRAINER.parameters(JsonNodeFactory.instance.objectNode().put("trees", 7));
    FeatureTable train = Offers.table(2000, 1);
    FeatureTable validation = Offers.table(500, 2);
    TrainedModel model = TRAINER.train(Offers.encoder(), train, validation, parameters, 2);
    assertThat(XGBoostTrees.read(model.bytes()).trees()).hasSize(7);
    assertThat(model.history().get("validation_logloss")).hasSize(1);
    assertThat(TRAINER.refit(Offers.encoder(), train, 9, parameters, 1).bytes())
        .isEqualTo(model.bytes());
  }

  @Test
  void answersWithProbabilitiesWhoseMeanIsTheBaseRate() {
    float[] scores = TRAINER.scorer(grow(100, 2).bytes()).scores(TRAIN.values(), TRAIN.rows());
    double sum = 0;
    double positives = 0;
    for (int row = 0; row < scores.length; row++) {
      assertThat(scores[row]).isBetween(0f, 1f);
      sum += scores[row];
      positives += TRAIN.labels()[row];
    }
    assertThat(sum / positives).isCloseTo(1, within(0.02));
  }

  private static TrainedModel grow(int trees, int threads) {
    JsonNode given = JsonNodeFactory.instance.objectNode().put("trees", trees);
    return RandomForestTrainer.grow(FeatureTables.TYPES, TRAIN, TRAINER.parameters(given), threads);
  }
}
