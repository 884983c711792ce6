package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model directory, loaded by MLflow in Python, on every real test row in its raw columns. */
@Tag("faults")
class SharedRowsPythonParityTest {
  @Test
  void scoresEveryTestRowToTheBit(@TempDir Path folder) throws Exception {
    Python.interpreter(); // before there is any work
    SharedRows.preprocess(folder);
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    FeatureTable validation = FeatureTable.read(folder.resolve("validation.arrow"));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    Trainer trainer = Trainers.named("xgboost");
    JsonNode parameters =
        trainer.parameters(JsonNodeFactory.instance.objectNode().put("rounds", 60).put("eta", 0.2));
    TrainedModel trained = trainer.train(encoder, validation, test, parameters, 2);
    Path directory = Files.createDirectory(folder.resolve("model"));
    new ModelDirectory(SharedRows.specification(), false, trainer.name(), parameters)
        .write(directory, trained, encoder, validation, test);

    Python.run("score_all.py", folder);

    Model model = Model.load(directory);
    Scorer scorer = model.scorer();
    FeatureTable raw = rawTestRows(encoder, folder);
    assertThat(raw.values()).isEqualTo(test.values());
    ByteBuffer scores =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("scores.f32")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] labels = Files.readAllBytes(folder.resolve("labels.u8"));
    assertThat(labels).hasSize(raw.rows());
    for (int row = 0; row < raw.rows(); row++) {
      float score = scorer.score(raw.values(), row * raw.names().size());
      assertThat(scores.getFloat()).as("row %d", row).isEqualTo(score);
      assertThat(labels[row]).isEqualTo((byte) (score >= model.threshold() ? 1 : 0));
    }
    assertThat(raw.rows()).isGreaterThan(50_000);
  }

  private static FeatureTable rawTestRows(Encoder encoder, Path folder) throws Exception {
    try (InputStream csv = Files.newInputStream(folder.resolve("test-rows.csv"))) {
      return FeatureTable.encode(csv, "test-rows.csv", encoder);
    }
  }
}
