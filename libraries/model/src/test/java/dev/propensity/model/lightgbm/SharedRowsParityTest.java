package dev.propensity.model.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.SharedRows;
import dev.propensity.model.trainer.TrainedModel;
import java.nio.file.Path;
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
    LightGBMTrainer trainer = new LightGBMTrainer();
    var parameters = trainer.parameters(JsonNodeFactory.instance.objectNode().put("rounds", 60));
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    FeatureTable train = FeatureTable.read(folder.resolve("train.arrow"));
    FeatureTable few = FeatureTable.read(folder.resolve("validation.arrow"));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    TrainedModel trained = trainer.train(encoder, few, test, parameters, 2);
    for (FeatureTable table : new FeatureTable[] {train, few, test}) {
      LightGBMTrainerTest.assertScoresAgree(trained, table.values(), table.names().size());
    }
    assertThat(train.rows() + few.rows() + test.rows()).isEqualTo(rows);
  }
}
