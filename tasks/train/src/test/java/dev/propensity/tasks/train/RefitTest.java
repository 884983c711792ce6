package dev.propensity.tasks.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Folds;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Model;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RefitTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFIT = "{\"refit\": true, \"calibration\": \"platt\"}";
  private static final String NO_REFIT = "{\"refit\": false, \"calibration\": \"platt\"}";

  @TempDir static Path work;
  private static ArtifactStore store;
  private static Artifact features;

  @BeforeAll
  static void preprocess(@TempDir Path files) {
    store = S3.store();
    features = ToyFeatures.features(store, files, Origin.REAL, "preprocess");
  }

  @Test
  void trainsOnTrainAndValidationRowsForTheRoundsOfEarlyStopping() throws IOException {
    Path read = store.fetch(features, fresh());
    FeatureTable train = FeatureTable.read(read.resolve("train.arrow"));
    FeatureTable validation = FeatureTable.read(read.resolve("validation.arrow"));
    Path before = fetch(train(features, NO_REFIT));
    Path refitted = fetch(train(features, REFIT));
    int rounds = Model.load(before).rounds();
    assertThat(Model.load(refitted).rounds()).isEqualTo(rounds);
    Model.load(refitted).verifySampleRows();
    Trainer trainer = Trainers.named("xgboost");
    JsonNode parameters =
        trainer.parameters(
            DatasetSpec.parse(ToyFeatures.SPEC, "toys.yaml").parameters().get("xgboost"));
    byte[] expected =
        trainer
            .refit(
                Encoder.read(read.resolve("encoder.json")),
                train.and(validation),
                rounds,
                parameters,
                1)
            .bytes();
    assertThat(Files.readAllBytes(refitted.resolve("model.ubj")))
        .isEqualTo(expected)
        .isNotEqualTo(Files.readAllBytes(before.resolve("model.ubj")));
    int all = train.rows() + validation.rows();
    assertThat(json(refitted, "model.json").get("rows").toString())
        .isEqualTo(
            "{\"refit\":%d,\"train\":%d,\"validation\":%d}"
                .formatted(all, train.rows(), validation.rows()));
  }

  @Test
  void keepsTheValidationMetricsAndTheHistoryOfTheModelOfTheTrainRows() throws IOException {
    Path before = fetch(train(features, NO_REFIT));
    Path refitted = fetch(train(features, REFIT));
    assertThat(Model.load(refitted).validation()).isEqualTo(Model.load(before).validation());
    assertThat(json(refitted, "training.json").get("history"))
        .isEqualTo(json(before, "training.json").get("history"));
    assertThat(json(refitted, "training.json").get("importance"))
        .isNotEqualTo(json(before, "training.json").get("importance"));
    assertThat(refitted.resolve("MODEL_CARD.md"))
        .content()
        .contains("## Metrics on the validation rows", "Of the model of the train rows, before it")
        .contains("with the other " + json(refitted, "model.json").at("/rows/validation"))
        .contains("calibrated on out-of-fold scores (platt)");
  }

  @Test
  void theBaselineHasTheOutOfFoldScoresOfAllRows() throws IOException {
    Path refitted = fetch(train(features, REFIT));
    JsonNode baseline = json(refitted, "baseline.json");
    assertThat(scored(baseline)).isEqualTo(json(refitted, "model.json").at("/rows/refit").asInt());
    assertThat(baseline.get("rows").asInt()).isEqualTo(scored(baseline));
    assertThat(baseline.get("columns"))
        .isEqualTo(json(fetch(train(features, NO_REFIT)), "baseline.json").get("columns"));
  }

  @Test
  void withoutCalibrationTheBaselineHasTheScoresOfTheModelOfTheTrainRows() throws IOException {
    Path refitted = fetch(train(features, "{\"refit\": true, \"calibration\": \"none\"}"));
    Path before = fetch(train(features, "{\"refit\": false, \"calibration\": \"none\"}"));
    assertThat(json(refitted, "baseline.json")).isEqualTo(json(before, "baseline.json"));
    assertThat(json(refitted, "model.json").at("/calibrator/method").asText()).isEqualTo("none");
  }

  @Test
  void writesTheSameBytesWhateverTheThreads() throws IOException {
    String first = train(features, REFIT, "--threads=1");
    assertThat(train(features, REFIT, "--threads=2", "--force")).isEqualTo(first);
  }

  @Test
  void theValidationRowsOfAFoldAreNotTrainedOn() throws IOException {
    DatasetSpec spec = DatasetSpec.parse(ToyFeatures.SPEC, "toys.yaml");
    Path files = fresh();
    Folds folds = Folds.of(new ByteArrayInputStream(ToyFeatures.csv()), "toys.csv", spec, 3);
    Preprocessing.run(
        new ByteArrayInputStream(ToyFeatures.csv()),
        "toys.csv",
        spec,
        folds.validatingOn(1),
        files);
    Map<String, JsonNode> oneFold = Map.of("folds", new IntNode(3), "fold", new IntNode(1));
    Artifact fold =
        store.commit(
            new Computation(
                "toys",
                Origin.REAL,
                "preprocess",
                Digest.of("code"),
                new TreeMap<>(oneFold),
                new TreeMap<>()),
            files);
    assertThat(Files.readAllBytes(fetch(train(fold, REFIT)).resolve("model.ubj")))
        .isEqualTo(Files.readAllBytes(fetch(train(fold, NO_REFIT)).resolve("model.ubj")));
  }

  private static int scored(JsonNode baseline) {
    int scored = 0;
    for (JsonNode count : baseline.at("/scores/counts")) {
      scored += count.asInt();
    }
    return scored;
  }

  private static JsonNode json(Path model, String file) throws IOException {
    return JSON.readTree(model.resolve(file).toFile());
  }

  private static Path fetch(String uri) throws IOException {
    return store.fetch(store.require(S3Location.parse(uri), "train"), fresh());
  }

  private static Path fresh() throws IOException {
    return Files.createTempDirectory(work, "files");
  }

  private static String train(Artifact features, String parameters, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dataset=" + ToyFeatures.SPEC,
                "--features=" + features.uri(),
                "--parameters=" + parameters));
    arguments.addAll(List.of(more));
    TaskRun run = TaskRunner.run(new TrainTask(), S3.environment(), arguments);
    return run.succeeded().uri().toString();
  }
}
