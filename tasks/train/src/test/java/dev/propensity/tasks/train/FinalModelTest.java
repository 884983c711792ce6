package dev.propensity.tasks.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Folds;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Model;
import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Candidate;
import dev.propensity.model.comparison.Comparer;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.comparison.RankingMetric;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FinalModelTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final DatasetSpec SPEC = DatasetSpec.parse(ToyFeatures.SPEC, "toys.yaml");
  private static final int FOLDS = 2;

  @TempDir static Path work;
  private static ArtifactStore store;
  private static Artifact plain;
  private static Artifact all;
  private static Artifact comparison;
  private static Comparison compared;

  @TempDir Path folder;
  private TaskRun last;

  @BeforeAll
  static void compareOnFolds() throws IOException {
    store = S3.store();
    Artifact raw = commit("download", Map.of(), Map.of(), fresh());
    plain = preprocess(raw, SplitAssignment.of(SPEC.split()), Map.of());
    all =
        preprocess(
            raw,
            SplitAssignment.withoutValidation(SPEC.split()),
            Map.of("without_validation", BooleanNode.TRUE));
    Folds folds = Folds.of(new ByteArrayInputStream(ToyFeatures.csv()), "toys.csv", SPEC, FOLDS);
    Map<String, Input> inputs = new TreeMap<>(Map.of("raw", raw.asInput()));
    List<OutOfFold.Fold> scored = new ArrayList<>();
    List<Integer> rounds = new ArrayList<>();
    for (int fold = 1; fold <= FOLDS; fold++) {
      Artifact features =
          preprocess(
              raw,
              folds.validatingOn(fold),
              Map.of("folds", new IntNode(FOLDS), "fold", new IntNode(fold)));
      inputs.put("features/" + fold, features.asInput());
      scored.add(score(features, rounds));
    }
    OutOfFold scores = OutOfFold.join(List.of("xgboost"), List.of(CalibrationMethod.PLATT), scored);
    Candidate candidate = new Candidate("xgboost", "xgboost", parameters(), rounds);
    compared =
        new Comparer(scores, RankingMetric.AUC, new DatasetSpec.Offer(100, 12, "EUR"))
            .compare(List.of(candidate));
    Path files = fresh();
    scores.write(files.resolve(OutOfFold.FILE), "id", "bought");
    Files.write(files.resolve(Comparison.FILE), CanonicalJson.bytes(compared));
    comparison = commit("compare", Map.of(), inputs, files);
  }

  @Test
  void learnsFromAllRowsOutsideTestForTheRoundsThatTheFoldsFound() throws IOException {
    train(all, "--comparison=" + comparison.uri()).succeeded();
    Artifact model = store.require(S3Location.parse(result("uri")), "train");
    assertThat(model.manifest().inputs().get("comparison")).isEqualTo(comparison.asInput());
    assertThat(model.manifest().parameters().get("learner").asText()).isEqualTo("xgboost");
    assertThat(CanonicalJson.text(model.manifest().parameters().get("parameters")))
        .isEqualTo(CanonicalJson.text(parameters()));
    Model loaded = Model.load(store.fetch(model, Files.createDirectory(folder.resolve("model"))));
    loaded.verifySampleRows();
    assertThat(loaded.rounds()).isEqualTo(compared.best().rounds());
    // The metrics of the folds' models are the expected metrics of this one.
    assertThat(loaded.validation().get("auc")).isEqualTo(compared.best().pooledAuc().value());
    JsonNode description = new ObjectMapper().readTree(folder.resolve("model/model.json").toFile());
    assertThat(description.get("rows").toString()).isEqualTo("{\"train\":" + compared.rows() + "}");
    JsonNode baseline = new ObjectMapper().readTree(folder.resolve("model/baseline.json").toFile());
    assertThat(baseline.get("rows").asInt()).isEqualTo(compared.rows());
    int scored = 0;
    for (JsonNode count : baseline.at("/scores/counts")) {
      scored += count.asInt();
    }
    assertThat(scored).isEqualTo(compared.rows());
    assertThat(folder.resolve("model/MODEL_CARD.md"))
        .content()
        .contains("## Metrics on the folds' rows", "on folds of these rows determined how long")
        .doesNotContain("validation rows");
  }

  @Test
  void writesTheSameBytesWhateverTheThreads() throws IOException {
    train(all, "--comparison=" + comparison.uri(), "--threads=1").succeeded();
    String first = result("uri");
    train(all, "--comparison=" + comparison.uri(), "--threads=2", "--force").succeeded();
    assertThat(result("uri")).isEqualTo(first);
    train(all, "--comparison=" + comparison.uri(), "--candidate=xgboost").succeeded();
    assertThat(result("uri")).isEqualTo(first);
  }

  @Test
  void rejectsWhatDoesNotBelongTogether() throws IOException {
    assertThat(train(plain, "--comparison=" + comparison.uri()).rejected())
        .contains("has a validation split");
    assertThat(train(all).rejected()).contains("has no validation rows: only a final model");
    assertThat(train(all, "--comparison=" + comparison.uri(), "--candidate=oracle").rejected())
        .isEqualTo("no candidate 'oracle'; there are xgboost");
    assertThat(train(all, "--comparison=" + comparison.uri(), "--learner=xgboost").rejected())
        .startsWith("--comparison sets learner and parameters");
    Artifact other = commit("download", Map.of("other", BooleanNode.TRUE), Map.of(), fresh());
    Artifact others =
        preprocess(
            other,
            SplitAssignment.withoutValidation(SPEC.split()),
            Map.of("without_validation", BooleanNode.TRUE));
    assertThat(train(others, "--comparison=" + comparison.uri()).rejected())
        .contains("compared models on a different table");
  }

  private static OutOfFold.Fold score(Artifact features, List<Integer> rounds) throws IOException {
    Path read = store.fetch(features, fresh());
    Encoder encoder = Encoder.read(read.resolve("encoder.json"));
    FeatureTable train = FeatureTable.read(read.resolve("train.arrow"));
    FeatureTable validation = FeatureTable.read(read.resolve("validation.arrow"));
    Trainer trainer = Trainers.named("xgboost");
    TrainedModel trained = trainer.train(encoder, train, validation, parameters(), 1);
    rounds.add(trained.rounds());
    float[] margins =
        trainer.scorer(trained.bytes()).margins(validation.values(), validation.rows());
    return new OutOfFold.Fold(
        validation.identifiers(), validation.labels(), new float[][] {margins});
  }

  private static JsonNode parameters() {
    return Trainers.named("xgboost").parameters(SPEC.parameters().get("xgboost"));
  }

  private static Artifact preprocess(
      Artifact raw, SplitAssignment assignment, Map<String, JsonNode> parameters)
      throws IOException {
    Path files = fresh();
    Preprocessing.run(
        new ByteArrayInputStream(ToyFeatures.csv()), "toys.csv", SPEC, assignment, files);
    return commit("preprocess", parameters, Map.of("raw", raw.asInput()), files);
  }

  private static Artifact commit(
      String task, Map<String, JsonNode> parameters, Map<String, Input> inputs, Path files) {
    SortedMap<String, JsonNode> sorted = new TreeMap<>(parameters);
    return store.commit(
        new Computation(
            "toys", Origin.REAL, task, Digest.of("code"), sorted, new TreeMap<>(inputs)),
        files);
  }

  private static Path fresh() throws IOException {
    return Files.createTempDirectory(work, "files");
  }

  private TaskRun train(Artifact features, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--dataset=" + ToyFeatures.SPEC, "--features=" + features.uri()));
    arguments.addAll(List.of(more));
    last = TaskRunner.run(new TrainTask(), S3.environment(), arguments);
    return last;
  }

  private String result(String key) {
    return last.result().get(key).asText();
  }
}
