package dev.propensity.tasks.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.model.Model;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.HelpText;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrainTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  private static ArtifactStore store;
  private static Artifact features;

  @TempDir Path folder;
  private TaskRun last;

  @BeforeAll
  static void preprocess(@TempDir Path work) {
    store = S3.store();
    features = ToyFeatures.features(store, work, Origin.REAL, "preprocess");
  }

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new TrainTask());
  }

  @Test
  void writesAModelWhoseSampleRowsAreVerified() throws IOException {
    train().succeeded();
    Artifact model = store.require(S3Location.parse(result().get("uri").asText()), "train");
    assertThat(model.manifest().files().keySet())
        .contains(
            "MLmodel",
            "MODEL_CARD.md",
            "baseline.json",
            "conda.yaml",
            "encoder.json",
            "model.json",
            "model.ubj",
            "python_env.yaml",
            "requirements.txt",
            "sample-rows.json",
            "training.json")
        .anyMatch(file -> file.matches("code/propensity_model_[0-9a-f]{16}\\.py"));
    assertThat(model.manifest().inputs().get("features").uri()).isEqualTo(features.uri());
    Path model1 = Files.createDirectory(folder.resolve("model"));
    Model.load(store.fetch(model, model1)).verifySampleRows();
    assertThat(Files.readString(model1.resolve("MODEL_CARD.md"))).doesNotContain("Synthetic");
  }

  @Test
  void answersAtOnceWhenAskedAgain() throws IOException {
    train().succeeded();
    JsonNode first = result();
    train().succeeded();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(result().get("uri")).isEqualTo(first.get("uri"));
    train("--force", "--threads", "1").succeeded();
    assertThat(result().get("status").asText()).isEqualTo("done");
    assertThat(result().get("uri")).isEqualTo(first.get("uri"));
  }

  @Test
  void putsParametersOfTheCommandLineOverThoseOfTheSpecification() throws IOException {
    train("--parameters", "{\"eta\": 0.5}").succeeded();
    S3Location uri = S3Location.parse(result().get("uri").asText());
    JsonNode parameters = store.require(uri, "train").manifest().parameters().get("parameters");
    assertThat(parameters.get("eta").asDouble()).isEqualTo(0.5);
    assertThat(parameters.get("rounds").asInt()).isEqualTo(10);
    assertThat(parameters.get("max_depth").asInt()).isEqualTo(6);
  }

  @Test
  void saysInTheModelCardThatRowsAreSynthetic(@TempDir Path work, @TempDir Path made)
      throws IOException {
    Artifact sample = ToyFeatures.features(store, work, Origin.SYNTHETIC, "preprocess");
    run("--dataset", ToyFeatures.SPEC, "--features", sample.uri().toString()).succeeded();
    String uri = result().get("uri").asText();
    assertThat(uri).contains("/toys-synthetic/train/");
    store.fetch(store.require(S3Location.parse(uri), "train"), made, "MODEL_CARD.md");
    assertThat(made.resolve("MODEL_CARD.md")).content().contains("**Synthetic data.**");
  }

  @Test
  void warnsOfAModelWithoutASplit(@TempDir Path made) throws IOException {
    for (String learner : List.of("xgboost", "lightgbm", "randomforest")) {
      String leaf = learner.equals("lightgbm") ? "min_data_in_leaf" : "min_child_weight";
      train("--learner", learner, "--parameters", "{\"" + leaf + "\": 1000000}").succeeded();
      assertThat(result().get("reason").asText())
          .startsWith("WARNING: the model has no split and gives every row the same score");
      S3Location uri = S3Location.parse(result().get("uri").asText());
      Path folder = Files.createDirectory(made.resolve(learner));
      store.fetch(store.require(uri, "train"), folder, "MODEL_CARD.md");
      assertThat(folder.resolve("MODEL_CARD.md")).content().contains("**Constant.**");
    }
    train().succeeded();
    assertThat(result().path("reason").asText()).doesNotContain("WARNING");
  }

  @Test
  void rejectsAnUnknownLearner() throws IOException {
    assertThat(train("--learner", "oracle").rejected())
        .startsWith("no learner 'oracle'; there are xgboost, ");
  }

  @Test
  void rejectsAnUnknownParameter() throws IOException {
    assertThat(train("--parameters", "{\"depth\": 3}").rejected())
        .startsWith("xgboost has no parameter 'depth'; there are rounds, ");
  }

  @Test
  void rejectsAParameterOutOfRange() throws IOException {
    assertThat(train("--parameters", "{\"eta\": 2}").rejected())
        .isEqualTo("xgboost's parameter eta must be a number from 0.0001 to 1, not 2");
  }

  @Test
  void rejectsParametersThatAreNoObject() throws IOException {
    assertThat(train("--parameters", "[1]").rejected())
        .isEqualTo("--parameters must be a JSON object, not [1]");
  }

  @Test
  void checksLearnerAndParametersWithoutAStore() throws IOException {
    check(ToyFeatures.SPEC, "--parameters", "{\"eta\": 0.5}").succeeded();
    assertThat(reason()).startsWith("xgboost with {").contains("\"eta\":0.5", "\"rounds\":10");
    check(ToyFeatures.SPEC, "--parameters", "[{\"eta\": 0.5}, {}]").succeeded();
    assertThat(reason()).isEqualTo("xgboost with 2 settings");
  }

  @Test
  void rejectsAWrongChoiceWhenItChecks() throws IOException {
    assertThat(check(ToyFeatures.SPEC, "--learner", "lightgmb").rejected())
        .isEqualTo(
            "no learner 'lightgmb'; did you mean 'lightgbm'?"
                + " There are xgboost, lightgbm, randomforest, logistic");
    assertThat(check(ToyFeatures.SPEC, "--parameters", "[{}, {\"eat\": 0.5}]").rejected())
        .startsWith("xgboost has no parameter 'eat'; did you mean 'eta'? There are rounds, ");
    assertThat(check(ToyFeatures.SPEC, "--parameters", "[1]").rejected())
        .isEqualTo("--parameters must be a list of JSON objects, not of 1");
  }

  @Test
  void namesTheFileAndTheSectionOfAWrongChoiceInTheSpecification() throws IOException {
    Path file = folder.resolve("my-toys.yaml");
    Files.writeString(file, ToyFeatures.SPEC.replace("learner: xgboost", "learner: xgbost"));
    assertThat(check(file.toString()).rejected())
        .startsWith(file + ", learner: no learner 'xgbost'; did you mean");
    assertThat(check(ToyFeatures.SPEC.replace("rounds", "round")).rejected())
        .startsWith("toys.yaml, parameters: xgboost has no parameter 'round'; did you mean");
    assertThat(check(ToyFeatures.SPEC + "lerner: xgboost\n").rejected())
        .startsWith("toys.yaml, line ");
  }

  @Test
  void learnsOrChecksAndNotBoth() throws IOException {
    assertThat(train("--check").rejected()).contains("--check", "mutually exclusive");
    assertThat(run("--dataset", ToyFeatures.SPEC).rejected()).contains("--features", "--check");
  }

  @Test
  void rejectsAnArtifactOfAnotherKind(@TempDir Path work) throws IOException {
    Artifact raw = ToyFeatures.features(store, work, Origin.REAL, "download");
    assertThat(run("--dataset", ToyFeatures.SPEC, "--features", raw.uri().toString()).rejected())
        .contains(raw.uri().toString(), "preprocess");
  }

  @Test
  void rejectsFeaturesOfAnotherDataset() throws IOException {
    String other = ToyFeatures.SPEC.replace("name: toys", "name: games");
    assertThat(run("--dataset", other, "--features", features.uri().toString()).rejected())
        .isEqualTo(features.uri() + " belongs to toys, not to games");
  }

  private TaskRun train(String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("--dataset", ToyFeatures.SPEC, "--features", features.uri().toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /** Checks in an environment without a store. */
  private TaskRun check(String dataset, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("--check", "--dataset", dataset));
    all.addAll(List.of(more));
    last = TaskRunner.run(new TrainTask(), Map.of(), all);
    return last;
  }

  private TaskRun run(String... arguments) throws IOException {
    last = TaskRunner.run(new TrainTask(), S3.environment(), arguments);
    return last;
  }

  private JsonNode result() {
    return last.result();
  }

  private String reason() {
    return last.reason();
  }
}
