package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.SharedRows;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.nio.file.Path;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the Java scorer with the library, on real rows. */
class SharedRowsParityTest {
  @ParameterizedTest
  @CsvSource({"insurance, 257003", "santander, 4000"})
  void scoresEveryRowAsTheLibraryDoes(String dataset, int rows, @TempDir Path folder)
      throws Exception {
    SharedRows.preprocess(folder, dataset);
    assertThat(
            rowsThatAgree(new XGBoostTrainer(), "{\"rounds\": 60, \"eta\": 0.2}", folder)
                + rowsThatAgree(new RandomForestTrainer(), "{\"trees\": 30}", folder))
        .isEqualTo(2 * rows);
  }

  private static int rowsThatAgree(Trainer trainer, String given, Path folder) throws Exception {
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    var parameters = trainer.parameters(new ObjectMapper().readTree(given));
    FeatureTable few = FeatureTable.read(folder.resolve("validation.arrow"));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    TrainedModel trained = trainer.train(encoder, few, test, parameters, 2);
    FeatureTable train = FeatureTable.read(folder.resolve("train.arrow"));
    for (FeatureTable table : new FeatureTable[] {train, few, test}) {
      assertScoresAgree(trained, table);
    }
    return train.rows() + few.rows() + test.rows();
  }

  private static void assertScoresAgree(TrainedModel trained, FeatureTable table) throws Exception {
    XGBoostScorer scorer = new XGBoostScorer(XGBoostTrees.read(trained.bytes()));
    Booster booster = XGBoost.loadModel(trained.bytes());
    int width = table.names().size();
    DMatrix matrix = new DMatrix(table.values(), table.rows(), width, Float.NaN);
    matrix.setFeatureNames(booster.getFeatureNames());
    matrix.setFeatureTypes(booster.getFeatureTypes());
    float[][] margins = booster.predict(matrix, true);
    float[][] scores = booster.predict(matrix);
    float[] together = scorer.scores(table.values(), table.rows());
    for (int row = 0; row < table.rows(); row++) {
      if (scorer.sum(table.values(), row * width) != margins[row][0]
          || scorer.score(table.values(), row * width) != scores[row][0]
          || together[row] != scores[row][0]) {
        assertThat(together[row]).as("row %d", row).isEqualTo(scores[row][0]);
        assertThat(scorer.sum(table.values(), row * width)).isEqualTo(margins[row][0]);
      }
    }
  }
}
