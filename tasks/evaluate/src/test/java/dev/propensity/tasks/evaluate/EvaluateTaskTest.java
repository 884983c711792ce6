package dev.propensity.tasks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.metric.Group;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.HelpText;
import java.io.IOException;
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

  private static final Runs RUNS = new Runs(S3, SPEC);

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
    Evaluation evaluation = RUNS.evaluation(run(strong, features, "none"));
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.RELEASE);
    assertThat(evaluation.verdict().reasons()).endsWith("there is no champion yet");
    assertThat(evaluation.champion()).isNull();
    assertThat(evaluation.rows()).isBetween(1100, 1300);
    assertThat(evaluation.candidate().groups()).containsOnlyKeys("sex", "faith");
  }

  @Test
  void spellingsOfOneCategoryAreOneGroup() throws IOException {
    Evaluation evaluation = RUNS.evaluation(run(strong, features, "none"));
    assertThat(evaluation.candidate().groups().get("faith"))
        .extracting(Group::value)
        .containsExactly("", "b", "caf\u00E9");
    assertThat(evaluation.candidate().groups().get("sex"))
        .extracting(Group::value)
        .containsExactly("f", "m");
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
    Evaluation evaluation = RUNS.evaluation(result);
    assertThat(evaluation.difference().value()).isPositive();
    assertThat(evaluation.champion().scalars().get("auc"))
        .isLessThan(evaluation.candidate().scalars().get("auc"));
    Artifact artifact = S3.store().require(Runs.uri(result), "evaluate");
    assertThat(artifact.manifest().inputs()).containsOnlyKeys("champion", "features", "model");
    assertThat(artifact.manifest().inputs().get("champion")).isEqualTo(weak.asInput());
    assertThat(RUNS.evaluation(run(weak, features, strong.uri().toString())).verdict().decision())
        .isEqualTo(Decision.CHALLENGER);
  }

  @Test
  void doesNotCompareWithAChampionOfAnotherSplit() throws IOException {
    Evaluation evaluation = RUNS.evaluation(run(strong, features, foreign.uri().toString()));
    assertThat(evaluation.champion()).isNull();
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(evaluation.verdict().reasons())
        .hasSize(1)
        .first()
        .asString()
        .contains("other split");
  }

  @Test
  void rejectsAModelOfAnotherSplit() throws IOException {
    assertThat(rejection(foreign, features, "none"))
        .contains("was trained on a different split (seed 8, validation 0.2, test 0.3)")
        .contains("(seed 7, validation 0.2, test 0.3)");
  }

  @Test
  void evaluatesOnOtherRowsOfTheSameSplit() throws IOException {
    Artifact more = new Customers(S3.store(), work).features(SPEC, 6000, Origin.REAL);
    assertThat(RUNS.evaluation(run(strong, more, "none")).rows()).isGreaterThan(1500);
  }

  @Test
  void rejectsAnArtifactOfTheWrongKind() throws IOException {
    assertThat(rejection(features, features, "none"))
        .contains("is what preprocess wrote; an artifact of train is expected");
    assertThat(rejection(strong, strong, "none"))
        .contains("is what train wrote; an artifact of preprocess is expected");
    assertThat(rejection(strong, features, features.uri().toString()))
        .contains("is what preprocess wrote; an artifact of train is expected");
  }

  @Test
  void rejectsAModelOfSyntheticRowsForRealOnes() throws IOException {
    Customers customers = new Customers(S3.store(), work);
    Artifact sample = customers.features(SPEC, 4000, Origin.SYNTHETIC);
    assertThat(rejection(strong, sample, "none"))
        .isEqualTo(strong.uri() + " belongs to customers, not to customers-synthetic");
  }

  private static JsonNode run(Artifact model, Artifact features, String champion, String... more)
      throws IOException {
    return RUNS.done(model, features, with("--champion=" + champion, more));
  }

  private static String rejection(Artifact model, Artifact features, String champion)
      throws IOException {
    return RUNS.rejected(model, features, "--champion=" + champion);
  }

  private static String[] with(String first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
