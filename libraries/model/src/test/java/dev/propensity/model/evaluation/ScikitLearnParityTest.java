package dev.propensity.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Python;
import dev.propensity.model.SharedRows;
import dev.propensity.model.Trainers;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.Trainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evaluations of real rows against scikit-learn's, scipy's, and DeLong's intervals by another
 * implementation.
 */
class ScikitLearnParityTest {
  /** Metrics that both sides approach step by step. */
  private static final Pattern ITERATED = Pattern.compile("calibration_(slope|intercept)");

  private static final double THRESHOLD = .125;

  @Test
  void measuresAsScikitLearnDoes(@TempDir Path folder) throws Exception {
    Python.interpreter(); // before there is any work
    SharedRows.preprocess(folder);
    DatasetSpec spec = SharedRows.specification();
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    float[] scores = scores(folder, test, 40);
    float[] other = scores(folder, test, 5);
    Files.write(folder.resolve("labels.i8"), test.labels());
    write(folder.resolve("scores.f32"), scores);
    write(folder.resolve("other.f32"), other);
    Files.writeString(folder.resolve("threshold.json"), String.valueOf(THRESHOLD));
    Python.run("metrics.py", folder);

    Evaluation evaluation =
        new Evaluator(spec.release(), spec.offer(), new TreeMap<>())
            .against(model(test, scores), model(test, other));
    SortedMap<String, Double> ours = new TreeMap<>(evaluation.candidate().scalars());
    ours.put("log_loss_difference", evaluation.logLossDifference().value());
    ours.put("difference", evaluation.difference().value());
    ours.put("difference_low", evaluation.difference().low());
    ours.put("difference_high", evaluation.difference().high());
    JsonNode theirs = CanonicalJson.mapper().readTree(folder.resolve("metrics.json").toFile());
    assertThat(theirs).hasSize(23);
    for (var metric : theirs.properties()) {
      assertThat(ours.get(metric.getKey()))
          .as(metric.getKey())
          .isCloseTo(
              metric.getValue().asDouble(),
              within(ITERATED.matcher(metric.getKey()).find() ? 1e-5 : 1e-9));
    }
  }

  private static ScoredModel model(FeatureTable test, float[] scores) {
    return new ScoredModel(
        ScoredRows.of("the test split", test.labels(), scores), THRESHOLD, Optional.empty());
  }

  private static float[] scores(Path folder, FeatureTable test, int rounds) {
    Trainer trainer = Trainers.named("xgboost");
    JsonNode given = JsonNodeFactory.instance.objectNode().put("rounds", rounds).put("eta", .2);
    FeatureTable train = FeatureTable.read(folder.resolve("validation.arrow"));
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    byte[] trained = trainer.train(encoder, train, test, trainer.parameters(given), 2).bytes();
    Scorer scorer = trainer.scorer(trained);
    return scorer.scores(test.values(), test.rows());
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }
}
