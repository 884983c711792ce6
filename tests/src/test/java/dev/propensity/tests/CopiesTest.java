package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.Features;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.train.TrainTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Customers who are in the table twice do not make a model look better than it is; customers who
 * only agree in a few columns are no copies.
 */
class CopiesTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  private final World world = new World(S3, Optional.empty(), "copies");

  /** What a table's run results in. */
  private record Outcome(Evaluation evaluation, String warning, String card, String page) {}

  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "randomforest"})
  void aModelOfATableWithEveryRowTwiceIsJudgedOnTheOtherRows(String learner) throws Exception {
    Path rows = shared("cases/35-duplicate-rows");
    Outcome outcome =
        outcome(Files.readString(rows.resolve("dataset.yaml")), rows.resolve("in.csv"), learner);
    System.err.println(
        outcome.evaluation().verdict()
            + " "
            + outcome.evaluation().candidate().scalar("auc")
            + " "
            + outcome.evaluation().withoutCopies());
    System.err.println(outcome.warning());
    System.err.println(outcome.card().lines().limit(30).toList());
    assertThat(outcome.evaluation().verdict().decision()).isEqualTo(Decision.CHALLENGER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "lightgbm"})
  void doubled(String learner) throws Exception {
    Path rows = shared("cases/B-label-leak");
    List<String> lines = Files.readAllLines(rows.resolve("loanapp-id.csv"));
    List<String> doubled = new ArrayList<>(lines);
    lines.stream().skip(1).forEach(line -> doubled.add("copy" + line));
    Path table = Files.write(folder.resolve("doubled.csv"), doubled);
    Outcome outcome = outcome(Files.readString(rows.resolve("dataset-clean.yaml")), table, learner);
    System.err.println(
        outcome.evaluation().verdict()
            + " "
            + outcome.evaluation().candidate().scalar("auc")
            + " "
            + outcome.evaluation().withoutCopies());
    Outcome once =
        outcome(
            Files.readString(rows.resolve("dataset-clean.yaml")),
            rows.resolve("loanapp-id.csv"),
            learner);
    System.err.println(
        once.evaluation().verdict()
            + " "
            + once.evaluation().candidate().scalar("auc")
            + " "
            + once.evaluation().withoutCopies()
            + once.warning());
  }

  @Test
  void aTableOfThreeBooleansIsReleasedAsBefore() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<String> lines = new ArrayList<>(List.of("id,y,a,b,c"));
    for (int row = 0; row < 5000; row++) {
      int a = random.nextInt(2), b = random.nextInt(2), c = random.nextInt(2);
      double p = .05 + .3 * a + .2 * b * c;
      lines.add(row + "," + (random.nextDouble() < p ? 1 : 0) + "," + a + "," + b + "," + c);
    }
    Path table = Files.write(folder.resolve("booleans.csv"), lines);
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
        release: {minimum_auc: 0.6}
        """;
    Outcome outcome = outcome(yaml, table, "xgboost");
    System.err.println(
        outcome.evaluation().verdict()
            + " "
            + outcome.evaluation().candidate().scalar("auc")
            + " "
            + outcome.evaluation().withoutCopies());
    assertThat(outcome.warning()).isNull();
    assertThat(outcome.evaluation().withoutCopies()).isNull();
    assertThat(outcome.evaluation().verdict().decision()).isEqualTo(Decision.RELEASE);
  }

  private Outcome outcome(String yaml, Path table, String learner) throws IOException {
    Path specification = Files.writeString(folder.resolve("dataset.yaml"), yaml);
    String dataset = "--dataset=" + specification;
    S3Location raw = world.run(new DownloadTask(), dataset, "--source=" + table);
    S3Location features = world.run(new PreprocessTask(), dataset, "--raw=" + raw);
    S3Location model =
        world.run(
            new TrainTask(),
            dataset,
            "--features=" + features,
            "--learner=" + learner,
            "--threads=1");
    S3Location evaluation =
        world.run(
            new EvaluateTask(),
            dataset,
            "--model=" + model,
            "--features=" + features,
            "--champion=none");
    try (WorkFolder work = new WorkFolder()) {
      world.store().fetch(world.store().find(model).orElseThrow(), work.path());
      return new Outcome(
          EvaluationArtifact.require(world.store(), evaluation).evaluation(),
          Features.require(world.store(), features).warning(),
          Files.readString(work.path().resolve(ModelDirectory.CARD)),
          "");
    }
  }

  private static Path shared(String name) {
    return Path.of(System.getenv("PROPENSITY_SHARED")).resolve(name);
  }
}
