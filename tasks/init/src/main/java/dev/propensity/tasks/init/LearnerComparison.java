package dev.propensity.tasks.init;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.draft.LearnerDraft;
import dev.propensity.dataset.draft.SpecDraft;
import dev.propensity.dataset.draft.SpecDrafting;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Candidate;
import dev.propensity.model.comparison.Comparer;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.comparison.RankingMetric;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the learners on folds of a sample of a table. A few settings of each learner compete on
 * the first folds, and the best one of each learner is measured on all folds.
 */
final class LearnerComparison {
  private static final Logger LOG = LoggerFactory.getLogger(LearnerComparison.class);
  private static final int FOLDS = 5;
  private static final int FIRST_FOLDS = 2;
  private static final int FEWEST = 10 * FOLDS; // rows of each label
  private static final int MOST_VALUES = 2_000_000; // of the features of all rows

  /** What is tried, as JSON over the learner's defaults. */
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("xgboost", "{}"),
          new Setting(
              "xgboost",
              "{\"min_child_weight\": 20, \"lambda\": 10, \"subsample\": 0.8, \"colsample_bynode\":"
                  + " 0.3}"),
          new Setting("xgboost", "{\"max_depth\": 2, \"eta\": 0.1}"),
          new Setting("lightgbm", "{}"),
          new Setting("lightgbm", "{\"num_leaves\": 7}"),
          new Setting("randomforest", "{}"),
          new Setting("logistic", "{}"),
          new Setting("logistic", "{\"C\": 0.01}"),
          new Setting("logistic", "{\"C\": 0.1, \"quadratic\": true}"),
          new Setting("logistic", "{\"C\": 0.01, \"quadratic\": true}"),
          new Setting("logistic", "{\"C\": 0.001, \"quadratic\": true}"));

  private final ComparisonFolds folds;
  private final Encoder encoder;
  private final int threads = Runtime.getRuntime().availableProcessors();

  /** A learner with some of its parameters. */
  private record Setting(String learner, String json) {
    Trainer trainer() {
      return Trainers.named(learner);
    }

    JsonNode parameters() {
      try {
        return trainer().parameters(new ObjectMapper().readTree(json));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private LearnerComparison(Encoder encoder, ComparisonFolds folds) {
    this.encoder = encoder;
    this.folds = folds;
  }

  /**
   * Compares the learners on a sample of the table.
   *
   * @throws dev.propensity.foundation.UserException if a label has too few rows for folds
   */
  static Comparison run(SpecDrafting drafting, SpecDraft draft) throws IOException {
    DatasetSpec spec = draft.spec();
    try (WorkFolder folder = new WorkFolder()) {
      Path files = folder.path();
      drafting.encodeSample(spec, files);
      FeatureTable all = FeatureTable.read(files.resolve(Split.TRAIN.fileName()));
      FeatureTable rows = ComparisonRows.of(all, MOST_VALUES / all.names().size(), FEWEST);
      ComparisonFolds folds = new ComparisonFolds(rows, FOLDS);
      return new LearnerComparison(Encoder.read(files.resolve(Encoder.FILE)), folds).compare(spec);
    }
  }

  private Comparison compare(DatasetSpec spec) {
    List<Setting> finalists = finalists();
    List<Fitted> fitted = finalists.stream().map(one -> fit(one, FOLDS)).toList();
    List<OutOfFold.Fold> scored = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      int number = fold;
      FeatureTable test = folds.test(fold);
      float[][] margins =
          fitted.stream().map(one -> one.margins.get(number)).toArray(float[][]::new);
      String[] identifiers =
          IntStream.range(0, test.rows()).mapToObj(Integer::toString).toArray(String[]::new);
      scored.add(new OutOfFold.Fold(identifiers, test.labels(), margins));
    }
    List<String> names = finalists.stream().map(Setting::learner).toList();
    List<CalibrationMethod> calibrations =
        finalists.stream().map(one -> CalibrationMethod.of(one.parameters())).toList();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < fitted.size(); i++) {
      Setting setting = finalists.get(i);
      candidates.add(
          new Candidate(
              setting.learner(), setting.learner(), setting.parameters(), fitted.get(i).rounds));
    }
    return new Comparer(
            OutOfFold.join(names, calibrations, scored), RankingMetric.AUC, spec.offer())
        .compare(candidates);
  }

  /** The best setting of each learner on the first folds. */
  private List<Setting> finalists() {
    List<Setting> finalists = new ArrayList<>();
    for (Trainer trainer : Trainers.all()) {
      List<Setting> own =
          SETTINGS.stream().filter(setting -> setting.learner().equals(trainer.name())).toList();
      if (own.size() == 1) {
        finalists.add(own.get(0));
        continue;
      }
      List<Double> aucs = own.stream().map(this::firstAuc).toList();
      int best =
          IntStream.range(0, own.size())
              .boxed()
              .max(Comparator.<Integer>comparingDouble(aucs::get).thenComparing(i -> -i))
              .orElseThrow();
      finalists.add(own.get(best));
    }
    return finalists;
  }

  private double firstAuc(Setting setting) {
    Fitted fitted = fit(setting, FIRST_FOLDS);
    double sum = 0;
    for (int fold = 0; fold < FIRST_FOLDS; fold++) {
      sum += folds.auc(fold, fitted.margins.get(fold));
    }
    LOG.info(
        "{} {}: AUC {} on {} of {} folds",
        setting.learner(),
        setting.json(),
        String.format(Locale.ROOT, "%.4f", sum / FIRST_FOLDS),
        FIRST_FOLDS,
        FOLDS);
    return sum / FIRST_FOLDS;
  }

  private record Fitted(List<float[]> margins, List<Integer> rounds) {}

  /** Fits a model for each of the first folds, on the other folds, and scores the fold. */
  private Fitted fit(Setting setting, int count) {
    Trainer trainer = setting.trainer();
    JsonNode parameters = setting.parameters();
    Fitted fitted = new Fitted(new ArrayList<>(), new ArrayList<>());
    for (int fold = 0; fold < count; fold++) {
      FeatureTable train = folds.train(fold);
      FeatureTable validation = folds.validation(fold);
      int rounds = trainer.train(encoder, train, validation, parameters, threads).rounds();
      byte[] model =
          trainer.refit(encoder, train.and(validation), rounds, parameters, threads).bytes();
      FeatureTable test = folds.test(fold);
      fitted.margins.add(trainer.scorer(model).margins(test.values(), test.rows()));
      fitted.rounds.add(rounds);
    }
    return fitted;
  }

  /** The best learner with its figures. */
  static LearnerDraft learner(Comparison comparison) {
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            Locale.ROOT,
            "The best of %d learners by AUC on %d folds of %,d rows:",
            comparison.candidates().size(),
            comparison.folds(),
            comparison.rows()));
    for (CandidateResult result : comparison.candidates()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "  %s %.4f ± %.4f, log loss %.4f",
              result.name(),
              result.auc().mean(),
              result.auc().deviation(),
              result.logLoss()));
    }
    CandidateResult best =
        comparison.candidates().stream()
            .filter(result -> result.name().equals(comparison.winner()))
            .findFirst()
            .orElseThrow();
    return new LearnerDraft(best.learner(), parameters(best), notes);
  }

  /** The changed parameters as YAML: {@code {C: 0.01, quadratic: true}}; empty where none are. */
  static String parameters(CandidateResult result) {
    List<String> texts = new ArrayList<>();
    Objects.requireNonNull(result.changed())
        .properties()
        .forEach(one -> texts.add(one.getKey() + ": " + text(one.getValue())));
    return texts.isEmpty() ? "" : "{" + String.join(", ", texts) + "}";
  }

  private static String text(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.asText();
  }
}
