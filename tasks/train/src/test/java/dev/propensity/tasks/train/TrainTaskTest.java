package dev.propensity.tasks.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.model.Model;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.HelpText;
import dev.propensity.task.Task;
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

  @BeforeAll
  static void preprocess(@TempDir Path work) {
    store = S3.store();
    features = Toys.features(store, work, Origin.REAL, "preprocess");
  }

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new TrainTask());
  }

  @Test
  void writesAModelThatProvesItself() throws IOException {
    assertThat(train()).isZero();
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
    Model.load(store.fetch(model, model1)).prove();
    assertThat(Files.readString(model1.resolve("MODEL_CARD.md"))).doesNotContain("Synthetic");
  }

  @Test
  void answersAtOnceWhenAskedAgain() throws IOException {
    assertThat(train()).isZero();
    JsonNode first = result();
    assertThat(train()).isZero();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(result().get("uri")).isEqualTo(first.get("uri"));
    assertThat(train("--force", "--threads", "1")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("done");
    assertThat(result().get("uri")).isEqualTo(first.get("uri"));
  }

  @Test
  void putsParametersOfTheCommandLineOverThoseOfTheSpecification() throws IOException {
    assertThat(train("--parameters", "{\"eta\": 0.5}")).isZero();
    S3Location uri = S3Location.parse(result().get("uri").asText());
    JsonNode parameters = store.require(uri, "train").manifest().parameters().get("parameters");
    assertThat(parameters.get("eta").asDouble()).isEqualTo(0.5);
    assertThat(parameters.get("rounds").asInt()).isEqualTo(10);
    assertThat(parameters.get("max_depth").asInt()).isEqualTo(6);
  }

  @Test
  void saysInTheModelCardThatRowsWereMadeUp(@TempDir Path work, @TempDir Path made)
      throws IOException {
    Artifact sample = Toys.features(store, work, Origin.SAMPLE, "preprocess");
    assertThat(run("--dataset", Toys.SPEC, "--features", sample.uri().toString())).isZero();
    String uri = result().get("uri").asText();
    assertThat(uri).contains("/toys-sample/train/");
    store.fetch(store.require(S3Location.parse(uri), "train"), made, "MODEL_CARD.md");
    assertThat(made.resolve("MODEL_CARD.md")).content().contains("**Synthetic rows.**");
  }

  @Test
  void rejectsAnUnknownLearner() throws IOException {
    assertThat(train("--learner", "oracle")).isEqualTo(2);
    assertThat(reason()).startsWith("no learner 'oracle'; there are xgboost, ");
  }

  @Test
  void rejectsAnUnknownParameter() throws IOException {
    assertThat(train("--parameters", "{\"depth\": 3}")).isEqualTo(2);
    assertThat(reason()).startsWith("xgboost has no parameter 'depth'; there are rounds, ");
  }

  @Test
  void rejectsAParameterOutOfRange() throws IOException {
    assertThat(train("--parameters", "{\"eta\": 2}")).isEqualTo(2);
    assertThat(reason())
        .isEqualTo("xgboost's parameter eta must be a number from 0.0001 to 1, not 2");
  }

  @Test
  void rejectsParametersThatAreNoObject() throws IOException {
    assertThat(train("--parameters", "[1]")).isEqualTo(2);
    assertThat(reason()).isEqualTo("--parameters must be a JSON object, not [1]");
  }

  @Test
  void checksLearnerAndParametersWithoutAStore() throws IOException {
    assertThat(check(Toys.SPEC, "--parameters", "{\"eta\": 0.5}")).isZero();
    assertThat(reason()).startsWith("xgboost with {").contains("\"eta\":0.5", "\"rounds\":10");
    assertThat(check(Toys.SPEC, "--parameters", "[{\"eta\": 0.5}, {}]")).isZero();
    assertThat(reason()).isEqualTo("xgboost with 2 settings");
  }

  @Test
  void rejectsAWrongChoiceWhenItChecks() throws IOException {
    assertThat(check(Toys.SPEC, "--learner", "lightgmb")).isEqualTo(2);
    assertThat(reason())
        .isEqualTo(
            "no learner 'lightgmb'; did you mean 'lightgbm'?"
                + " There are xgboost, lightgbm, randomforest, logistic");
    assertThat(check(Toys.SPEC, "--parameters", "[{}, {\"eat\": 0.5}]")).isEqualTo(2);
    assertThat(reason())
        .startsWith("xgboost has no parameter 'eat'; did you mean 'eta'? There are rounds, ");
    assertThat(check(Toys.SPEC, "--parameters", "[1]")).isEqualTo(2);
    assertThat(reason()).isEqualTo("--parameters must be a list of JSON objects, not of 1");
  }

  @Test
  void namesTheFileAndTheSectionOfAWrongChoiceInTheSpecification() throws IOException {
    Path file = folder.resolve("my-toys.yaml");
    Files.writeString(file, Toys.SPEC.replace("learner: xgboost", "learner: xgbost"));
    assertThat(check(file.toString())).isEqualTo(2);
    assertThat(reason()).startsWith(file + ", learner: no learner 'xgbost'; did you mean");
    assertThat(check(Toys.SPEC.replace("rounds", "round"))).isEqualTo(2);
    assertThat(reason())
        .startsWith("toys.yaml, parameters: xgboost has no parameter 'round'; did you mean");
    assertThat(check(Toys.SPEC + "lerner: xgboost\n")).isEqualTo(2);
    assertThat(reason()).startsWith("toys.yaml, line ");
  }

  @Test
  void learnsOrChecksAndNotBoth() throws IOException {
    assertThat(train("--check")).isEqualTo(2);
    assertThat(reason()).contains("--check", "mutually exclusive");
    assertThat(run("--dataset", Toys.SPEC)).isEqualTo(2);
    assertThat(reason()).contains("--features", "--check");
  }

  @Test
  void rejectsAnArtifactOfAnotherKind(@TempDir Path work) throws IOException {
    Artifact raw = Toys.features(store, work, Origin.REAL, "download");
    assertThat(run("--dataset", Toys.SPEC, "--features", raw.uri().toString())).isEqualTo(2);
    assertThat(reason()).contains(raw.uri().toString(), "preprocess");
  }

  @Test
  void rejectsFeaturesOfAnotherDataset() throws IOException {
    String other = Toys.SPEC.replace("name: toys", "name: games");
    assertThat(run("--dataset", other, "--features", features.uri().toString())).isEqualTo(2);
    assertThat(reason()).isEqualTo(features.uri() + " belongs to toys, not to games");
  }

  private int train(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--dataset", Toys.SPEC, "--features", features.uri().toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /** Checks in an environment that names no store. */
  private int check(String dataset, String... more) {
    List<String> all = new ArrayList<>(List.of("--check", "--dataset", dataset));
    all.addAll(List.of(more));
    all.addAll(List.of("--result", folder.resolve("result.json").toString()));
    return Task.run(new TrainTask(), Map.of(), all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--result", folder.resolve("result.json").toString()));
    return Task.run(new TrainTask(), S3.environment(), all.toArray(String[]::new));
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("result.json").toFile());
  }

  private String reason() throws IOException {
    return result().get("reason").asText();
  }
}
