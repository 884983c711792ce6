package dev.propensity.tasks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifact.Artifact;
import dev.propensity.artifact.Origin;
import dev.propensity.artifact.S3Location;
import dev.propensity.artifact.S3Server;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.task.HelpText;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final String SPEC = Customers.specification(7);
  private static final String OTHER_SPLIT = Customers.specification(8);

  @TempDir private static Path work;

  private static Artifact features;
  private static Artifact weak;
  private static Artifact strong;
  private static Artifact foreign;

  @BeforeAll
  static void makeModels() throws IOException {
    Customers customers = new Customers(S3.store(), work);
    features = customers.features(SPEC, 4000, Origin.REAL);
    weak = customers.model(SPEC, features, 2);
    strong = customers.model(SPEC, features, 40);
    foreign = customers.model(OTHER_SPLIT, customers.features(OTHER_SPLIT, 4000, Origin.REAL), 40);
  }

  @Test
  void helpIsTheGoldenFile() throws IOException {
    HelpText.assertUnchanged(new EvaluateTask());
  }

  @Test
  void releasesAGoodFirstModel() throws IOException {
    Evaluation evaluation = evaluation(run(strong, features, "none"));
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.RELEASE);
    assertThat(evaluation.verdict().reasons()).endsWith("there is no champion yet");
    assertThat(evaluation.champion()).isNull();
    assertThat(evaluation.rows()).isBetween(1100, 1300);
    assertThat(evaluation.candidate().groups()).containsOnlyKeys("sex", "faith");
  }

  @Test
  void findsTheEvaluationThatItMadeBefore() throws IOException {
    JsonNode first = run(strong, features, "none");
    JsonNode second = run(strong, features, "none");
    assertThat(second.get("status").asText()).isEqualTo("unchanged");
    assertThat(second.get("uri")).isEqualTo(first.get("uri"));
    assertThat(run(strong, features, "none", "--force").get("status").asText()).isEqualTo("done");
  }

  @Test
  void comparesWithTheChampionOnTheSameRows() throws IOException {
    JsonNode result = run(strong, features, weak.uri().toString());
    Evaluation evaluation = evaluation(result);
    assertThat(evaluation.difference().value()).isPositive();
    assertThat(evaluation.champion().scalars().get("auc"))
        .isLessThan(evaluation.candidate().scalars().get("auc"));
    Artifact artifact = S3.store().require(uri(result), "evaluate");
    assertThat(artifact.manifest().inputs()).containsOnlyKeys("champion", "features", "model");
    assertThat(artifact.manifest().inputs().get("champion")).isEqualTo(weak.asInput());
    assertThat(evaluation(run(weak, features, strong.uri().toString())).verdict().decision())
        .isEqualTo(Decision.CHALLENGER);
  }

  @Test
  void doesNotCompareWithAChampionOfAnotherSplit() throws IOException {
    Evaluation evaluation = evaluation(run(strong, features, foreign.uri().toString()));
    assertThat(evaluation.champion()).isNull();
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(evaluation.verdict().reasons())
        .hasSize(1)
        .first()
        .asString()
        .contains("other split");
  }

  @Test
  void refusesAModelOfAnotherSplit() throws IOException {
    assertThat(refusal(foreign, features, "none"))
        .contains("was trained on another split (seed 8, validation 0.2, test 0.3)")
        .contains("(seed 7, validation 0.2, test 0.3)");
  }

  @Test
  void evaluatesOnOtherRowsOfTheSameSplit() throws IOException {
    Artifact more = new Customers(S3.store(), work).features(SPEC, 6000, Origin.REAL);
    assertThat(evaluation(run(strong, more, "none")).rows()).isGreaterThan(1500);
  }

  @Test
  void refusesAnArtifactOfTheWrongKind() throws IOException {
    assertThat(refusal(features, features, "none"))
        .contains("is what preprocess wrote; an artifact of train belongs here");
    assertThat(refusal(strong, strong, "none"))
        .contains("is what train wrote; an artifact of preprocess belongs here");
    assertThat(refusal(strong, features, features.uri().toString()))
        .contains("is what preprocess wrote; an artifact of train belongs here");
  }

  @Test
  void refusesAModelOfMadeUpRowsForRealOnes() throws IOException {
    Customers customers = new Customers(S3.store(), work);
    Artifact sample = customers.features(SPEC, 4000, Origin.SAMPLE);
    assertThat(refusal(strong, sample, "none"))
        .isEqualTo(strong.uri() + " belongs to customers, not to customers-sample");
  }

  private static JsonNode run(Artifact model, Artifact features, String champion, String... more)
      throws IOException {
    return run(0, model, features, champion, more);
  }

  private static String refusal(Artifact model, Artifact features, String champion)
      throws IOException {
    return run(2, model, features, champion).get("reason").asText();
  }

  private static JsonNode run(
      int code, Artifact model, Artifact features, String champion, String... more)
      throws IOException {
    Path result = Files.createTempFile(work, "result", ".json");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dataset=" + SPEC,
                "--model=" + model.uri(),
                "--features=" + features.uri(),
                "--champion=" + champion,
                "--result=" + result));
    arguments.addAll(List.of(more));
    int exit = Task.run(new EvaluateTask(), S3.environment(), arguments.toArray(String[]::new));
    JsonNode json = CanonicalJson.mapper().readTree(result.toFile());
    assertThat(exit).as(json.toString()).isEqualTo(code);
    return json;
  }

  private static S3Location uri(JsonNode result) {
    return S3Location.parse(result.get("uri").asText());
  }

  private static Evaluation evaluation(JsonNode result) throws IOException {
    Artifact artifact = S3.store().require(uri(result), "evaluate");
    try (var in = S3.store().open(artifact, Evaluation.FILE)) {
      return Evaluation.parse(in.readAllBytes(), Evaluation.FILE);
    }
  }
}
