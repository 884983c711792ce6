package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.compare.CompareTask;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.train.TrainTask;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training and an experiment by each way to split rows, from synthetic rows to an evaluation. */
class SplitsTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final int FOLDS = 3;
  private static final String TIME =
      "time: since, validation_from: 2024-07-01, test_from: 2024-10-01, gap: 14 days";

  private static final String DATE =
      "  - {name: since, kind: date, formats: [dd.MM.yyyy], minimum: 2023-11-01, parts: [month]}";

  @TempDir Path folder;

  private World world;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groups     | group: household, seed: 5   | a hash of its value of `household` and the seed 5",
        "duplicates | duplicates: together        | a hash of its features and the seed 1",
        "dates      | "
            + TIME
            + "| from 2024-10-01 on, and the 14 days before either date are left out.",
        "formats    | "
            + TIME
            + "| from its date in `since`: validation rows are from 2024-07-01 on"
      })
  void trainsAndEvaluatesAFirstModelAndAFinalOne(String name, String split, String sentence)
      throws IOException {
    begin(name, split);
    S3Location raw = run(new DownloadTask(), "--source=synthetic:3000");
    S3Location features = run(new PreprocessTask(), "--raw=" + raw);
    S3Location model = run(new TrainTask(), "--features=" + features);
    assertThat(text(model, "MODEL_CARD.md")).contains(sentence);
    S3Location evaluation = evaluate(model, features, "none");
    assertThat(text(evaluation, "evaluation.json")).contains("there is no champion yet");

    List<S3Location> folds = new ArrayList<>();
    List<S3Location> models = new ArrayList<>();
    for (int fold = 1; fold <= FOLDS; fold++) {
      String[] options = {"--raw=" + raw, "--folds=" + FOLDS, "--fold=" + fold};
      folds.add(run(new PreprocessTask(), options));
      models.add(run(new TrainTask(), "--features=" + folds.get(fold - 1)));
    }
    S3Location comparison =
        run(new CompareTask(), "--features=" + json(folds), "--models=" + json(models));
    S3Location all = run(new PreprocessTask(), "--raw=" + raw, "--without-validation");
    S3Location last = run(new TrainTask(), "--features=" + all, "--comparison=" + comparison);
    S3Location compared = evaluate(last, features, model.toString());
    assertThat(text(compared, "evaluation.json")).contains("the AUC").contains("the champion's");
    assertThat(report(features).path("unassigned_rows").asInt() > 0)
        .isEqualTo(split.startsWith("time"));
    world.run(new PreprocessTask(), with("--raw=" + raw, "--force"));
  }

  @Test
  void aChampionIsComparedOnLaterTestRowsOnly() throws IOException {
    begin("champions", TIME);
    S3Location raw = run(new DownloadTask(), "--source=synthetic:3000");
    S3Location earlier = run(new PreprocessTask(), "--raw=" + raw);
    S3Location champion = run(new TrainTask(), "--features=" + earlier);
    begin("champions", TIME.replace("2024-10-01", "2024-11-01"));
    S3Location later = run(new PreprocessTask(), "--raw=" + raw);
    S3Location model = run(new TrainTask(), "--features=" + later);
    assertThat(text(evaluate(model, later, champion.toString()), "evaluation.json"))
        .contains("the champion's")
        .doesNotContain("another split");
    begin("champions", TIME);
    assertThat(text(evaluate(champion, earlier, model.toString()), "evaluation.json"))
        .contains("the champion was trained on another split");
    String[] other = with("--model=" + model, "--features=" + earlier, "--champion=none");
    assertThat(TaskRunner.run(new EvaluateTask(), world.environment(), other).rejected())
        .contains("was trained on a different split (time since, validation from 2024-07-01,")
        .contains("test from 2024-11-01, gap 14 days) from that of ");
  }

  @Test
  void aChampionIsNotComparedWhereOtherFeaturesSplitTheRows() throws IOException {
    begin("features", "duplicates: together");
    S3Location raw = run(new DownloadTask(), "--source=synthetic:3000");
    S3Location before = run(new PreprocessTask(), "--raw=" + raw);
    S3Location champion = run(new TrainTask(), "--features=" + before);
    Path file = folder.resolve("dataset.yaml");
    String specification = Files.readString(file);
    Files.writeString(file, specification.replaceFirst("(name: town.*)}", "$1, feature: false}"));
    S3Location after = run(new PreprocessTask(), "--raw=" + raw);
    S3Location model = run(new TrainTask(), "--features=" + after);
    assertThat(text(evaluate(model, after, champion.toString()), "evaluation.json"))
        .contains("the champion was trained on another split");
    String[] other = with("--model=" + champion, "--features=" + after, "--champion=none");
    assertThat(TaskRunner.run(new EvaluateTask(), world.environment(), other).rejected())
        .contains("was trained on a different split (seed 1, validation 0.15, test 0.2, duplicates")
        .containsPattern("together by features [0-9a-f]{12}\\) from that of ");
  }

  private void begin(String name, String split) throws IOException {
    world = new World(S3, Optional.empty(), name);
    String specification =
        """
        name: %s
        title: Who takes the offer?
        source: synthetic:3000
        identifier: id
        label: {column: y, positive: "1", negative: "0"}
        features:
          - {name: age, kind: number, minimum: 18, maximum: 90}
          - {name: town, kind: category, missing: true}
          - {name: member, kind: boolean, values: ["no", "yes"]}%s
        split: {%s}
        learner: logistic
        offer: {gain: 10, cost: 1}
        """
            .formatted(name, name.equals("formats") ? "\n" + DATE : "", split);
    Files.writeString(folder.resolve("dataset.yaml"), specification);
  }

  private S3Location evaluate(S3Location model, S3Location features, String champion)
      throws IOException {
    return run(
        new EvaluateTask(), "--model=" + model, "--features=" + features, "--champion=" + champion);
  }

  private S3Location run(Task task, String... arguments) throws IOException {
    return world.run(task, with(arguments));
  }

  private String[] with(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--dataset=" + folder.resolve("dataset.yaml")));
    all.addAll(Arrays.asList(arguments));
    return all.toArray(String[]::new);
  }

  private String text(S3Location artifact, String file) {
    Artifact found = world.store().find(artifact).orElseThrow();
    byte[] bytes = S3.objects().read(found.uri().resolve(file)).orElseThrow();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private JsonNode report(S3Location features) {
    byte[] json = text(features, "report.json").getBytes(StandardCharsets.UTF_8);
    return CanonicalJson.read(json, JsonNode.class, "report.json");
  }

  private static String json(List<S3Location> uris) {
    return uris.stream().map(uri -> "\"" + uri + "\"").collect(Collectors.joining(",", "[", "]"));
  }
}
