package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.Features;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.evaluation.WithoutCopies;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.train.TrainTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Customers who are in a table twice do not make a model look better than it is; customers who only
 * agree in a few columns are no duplicates.
 */
class CopiesTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  /** Every row is there twice, with another identifier. */
  private static final Path DUPLICATES = Path.of("src/test/resources/cases/35-duplicate-rows");

  private static final String WARNING = "468 of 574 test rows (81.5%) are copies";

  private static final Map<String, String> QUICK =
      Map.of(
          "xgboost", "{\"rounds\": 200, \"eta\": 0.2, \"refit\": false}",
          "lightgbm", "{\"rounds\": 200, \"refit\": false}",
          "randomforest", "{\"trees\": 50, \"refit\": false}");

  @TempDir Path folder;

  private final World world = new World(S3, Optional.empty(), "copies");

  /** A table with its specification. */
  private record TableFiles(Path specification, Path rows) {
    static final TableFiles TWICE =
        new TableFiles(DUPLICATES.resolve("dataset.yaml"), DUPLICATES.resolve("in.csv"));
  }

  @Test
  void everyPlaceWarnsOfATableWithEveryRowTwice() throws Exception {
    S3Location features = features(TableFiles.TWICE);
    assertThat(Features.require(world.store(), features).warning())
        .startsWith("WARNING: " + WARNING);
    assertThat(text(features, "preprocess", "report.json"))
        .contains("\"copies\":{\"agreement\":1,\"of\":574,\"rows\":468}");
    assertThat(text(features, "preprocess", "report.html"))
        .contains("<strong>Warning.</strong> " + WARNING);
    S3Location model = model(TableFiles.TWICE, features, "xgboost");
    assertThat(text(model, "train", ModelDirectory.CARD)).contains("**Warning.** " + WARNING);
    S3Location evaluation = evaluation(TableFiles.TWICE, features, model, "none");
    assertThat(text(evaluation, "evaluate", "report.html"))
        .contains("468 of the test rows are copies", "Test rows that are not copies");
  }

  @Test
  void aModelIsJudgedOnTheTestRowsThatAreNotCopies() throws Exception {
    S3Location features = features(TableFiles.TWICE);
    S3Location model = model(TableFiles.TWICE, features, "xgboost");
    S3Location location = evaluation(TableFiles.TWICE, features, model, "none");
    EvaluationArtifact artifact = EvaluationArtifact.require(world.store(), location);
    Evaluation evaluation = artifact.evaluation();
    WithoutCopies others = evaluation.withoutCopies();
    assertThat(others.copies() + others.rows()).isEqualTo(evaluation.rows()).isEqualTo(574);
    assertThat(evaluation.candidate().scalar("auc")).isGreaterThan(.85);
    assertThat(others.candidate().get("auc")).isBetween(.5, .7);
    assertThat(artifact.candidateMetrics()).isEqualTo(others.candidate());
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(evaluation.verdict().reasons())
        .contains(
            "without the 468 copies, the test split has 30 positive rows, fewer than the minimum"
                + " of 100");
  }

  @Test
  void theChampionIsComparedOnTheSameRows() throws Exception {
    S3Location features = features(TableFiles.TWICE);
    S3Location forest = model(TableFiles.TWICE, features, "randomforest");
    S3Location boosted = model(TableFiles.TWICE, features, "xgboost");
    Evaluation evaluation =
        EvaluationArtifact.require(
                world.store(), evaluation(TableFiles.TWICE, features, boosted, forest.toString()))
            .evaluation();
    WithoutCopies others = evaluation.withoutCopies();
    assertThat(evaluation.difference().low()).as("it memorizes more").isPositive();
    assertThat(others.champion().get("auc")).isCloseTo(.65, within(.04));
    assertThat(others.difference().value())
        .isEqualTo(others.candidate().get("auc") - others.champion().get("auc"))
        .isNegative();
    assertThat(evaluation.verdict().reasons())
        .anyMatch(reason -> reason.matches("without the 468 copies, the AUC is 0\\.\\d+ below .*"));
  }

  @Test
  void aGoodModelOfATableWithEveryRowTwiceIsReleased() throws Exception {
    Path rows = shared("cases/B-label-leak");
    List<String> once = Files.readAllLines(rows.resolve("loanapp-id.csv"));
    List<String> twice = new ArrayList<>(once);
    once.stream().skip(1).forEach(row -> twice.add("again-" + row));
    TableFiles table =
        new TableFiles(
            rows.resolve("dataset-clean.yaml"), Files.write(folder.resolve("twice.csv"), twice));
    Evaluation evaluation = evaluation(table, "lightgbm");
    assertThat(evaluation.candidate().scalar("auc")).isGreaterThan(.98);
    assertThat(evaluation.withoutCopies().candidate().get("auc")).isBetween(.93, .985);
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.RELEASE);
  }

  @Test
  void nothingIsServedOfAModelThatCannotBeJudged() throws Exception {
    List<String> once = Files.readAllLines(TableFiles.TWICE.rows()).subList(0, 301);
    List<String> often = new ArrayList<>(once);
    for (int copy = 0; copy < 9; copy++) {
      String prefix = "copy-" + copy + "-";
      once.stream().skip(1).forEach(row -> often.add(prefix + row));
    }
    TableFiles table =
        new TableFiles(
            TableFiles.TWICE.specification(), Files.write(folder.resolve("often.csv"), often));
    S3Location features = features(table);
    S3Location location = evaluation(table, features, model(table, features, "xgboost"), "none");
    EvaluationArtifact artifact = EvaluationArtifact.require(world.store(), location);
    assertThat(artifact.evaluation().withoutCopies().candidate()).isNull();
    assertThat(artifact.evaluation().verdict().decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(artifact.candidateMetrics()).isEmpty();
    assertThat(text(location, "evaluate", "report.html"))
        .contains("are too few to judge the model on")
        .doesNotContain("The release is decided on the other");
  }

  @Test
  void threeBooleansAreACoincidence() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<String> lines = new ArrayList<>(List.of("id,y,a,b,c"));
    for (int row = 0; row < 5000; row++) {
      int a = random.nextInt(2);
      int b = random.nextInt(2);
      int c = random.nextInt(2);
      int y = random.nextDouble() < .05 + .3 * a + .2 * b * c ? 1 : 0;
      lines.add(String.join(",", "" + row, "" + y, "" + a, "" + b, "" + c));
    }
    String yaml =
        """
        name: booleans
        title: Who takes it?
        source: booleans.csv
        schedule: never
        identifier: id
        label: {column: y, positive: 1, negative: 0}
        features:
          - {name: a, kind: boolean, values: [0, 1]}
          - {name: b, kind: boolean, values: [0, 1]}
          - {name: c, kind: boolean, values: [0, 1]}
        offer: {gain: 100, cost: 20}
        """;
    TableFiles table =
        new TableFiles(
            Files.writeString(folder.resolve("booleans.yaml"), yaml),
            Files.write(folder.resolve("booleans.csv"), lines));
    S3Location features = features(table);
    assertThat(Features.require(world.store(), features).warning()).isNull();
    assertThat(text(features, "preprocess", "report.json")).contains("\"coincidence\":true");
    assertThat(text(features, "preprocess", "report.html"))
        .contains("By their labels, this is a coincidence.");
    S3Location location = evaluation(table, features, model(table, features, "xgboost"), "none");
    EvaluationArtifact artifact = EvaluationArtifact.require(world.store(), location);
    Evaluation evaluation = artifact.evaluation();
    assertThat(artifact.candidateMetrics()).isEqualTo(evaluation.candidate().scalars());
    assertThat(evaluation.withoutCopies().coincidence()).isTrue();
    assertThat(evaluation.withoutCopies().copies()).isEqualTo(evaluation.rows());
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.RELEASE);
  }

  /** A folder of the shared rows; the test is skipped where it is absent, but not in CI. */
  private static Path shared(String name) {
    Path rows =
        Path.of("..")
            .resolve(System.getenv().getOrDefault("PROPENSITY_SHARED", "../shared"))
            .resolve(name);
    Assumptions.assumeTrue(
        Files.isDirectory(rows) || "true".equals(System.getenv("CI")),
        () -> "skipped: the public rows are not in " + rows + "; set PROPENSITY_SHARED");
    return rows;
  }

  private Evaluation evaluation(TableFiles table, String learner) throws IOException {
    S3Location features = features(table);
    S3Location evaluation = evaluation(table, features, model(table, features, learner), "none");
    return EvaluationArtifact.require(world.store(), evaluation).evaluation();
  }

  private S3Location features(TableFiles table) throws IOException {
    String dataset = "--dataset=" + table.specification();
    S3Location raw = world.run(new DownloadTask(), dataset, "--source=" + table.rows());
    return world.run(new PreprocessTask(), dataset, "--raw=" + raw);
  }

  private S3Location model(TableFiles table, S3Location features, String learner)
      throws IOException {
    return world.run(
        new TrainTask(),
        "--dataset=" + table.specification(),
        "--features=" + features,
        "--learner=" + learner,
        "--parameters=" + QUICK.get(learner),
        "--threads=1");
  }

  private S3Location evaluation(
      TableFiles table, S3Location features, S3Location model, String champion) throws IOException {
    return world.run(
        new EvaluateTask(),
        "--dataset=" + table.specification(),
        "--features=" + features,
        "--model=" + model,
        "--champion=" + champion);
  }

  private String text(S3Location artifact, String producer, String file) {
    ArtifactFiles files =
        ArtifactFiles.stored(world.store(), world.store().require(artifact, producer));
    return new String(files.read(file), StandardCharsets.UTF_8);
  }
}
