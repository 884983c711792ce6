package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.dataset.Encoder;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.model.SharedRows;
import dev.propensity.model.TrainedModel;
import java.nio.file.Path;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trees' own scorer against the library, on real rows. */
class SharedRowsParityTest {
  @Test
  void scoresEveryTestRowAsTheLibraryDoes(@TempDir Path folder) throws Exception {
    SharedRows.preprocess(folder);
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    FeatureTable train = FeatureTable.read(folder.resolve("validation.arrow"));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    XGBoostTrainer trainer = new XGBoostTrainer();
    var parameters =
        trainer.parameters(JsonNodeFactory.instance.objectNode().put("rounds", 60).put("eta", 0.2));
    TrainedModel trained = trainer.train(encoder, train, test, parameters, 2);
    assertScoresAgree(trained, test);
  }

  private static void assertScoresAgree(TrainedModel trained, FeatureTable test) throws Exception {
    TreeScorer scorer = TreeScorer.of(Trees.read(trained.bytes()));
    Booster booster = XGBoost.loadModel(trained.bytes());
    int width = test.names().size();
    DMatrix matrix = new DMatrix(test.values(), test.rows(), width, Float.NaN);
    matrix.setFeatureNames(booster.getFeatureNames());
    matrix.setFeatureTypes(booster.getFeatureTypes());
    float[][] margins = booster.predict(matrix, true);
    float[][] scores = booster.predict(matrix);
    for (int row = 0; row < test.rows(); row++) {
      assertThat(scorer.margin(test.values(), row * width)).isEqualTo(margins[row][0]);
      assertThat(scorer.score(test.values(), row * width)).isEqualTo(scores[row][0]);
    }
    assertThat(test.rows()).isGreaterThan(50_000);
  }
}
