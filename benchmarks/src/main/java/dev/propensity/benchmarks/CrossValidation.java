package dev.propensity.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.calibration.Calibrator;
import dev.propensity.model.calibration.CalibratorFit;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.calibration.OutOfFoldMargins;
import dev.propensity.model.metric.CalibrationSlope;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.RocAuc;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Evaluates a dataset's learner and parameters by k-fold cross-validation: each row is scored by a
 * model that was trained on other rows, with the best number of rounds on a part of these.
 */
@Command(
    name = "cross-validation",
    mixinStandardHelpOptions = true,
    description = "Prints AUC, log loss and calibration out of fold, as JSON.")
public final class CrossValidation implements Callable<Integer> {
  @Mixin private LearnerOptions options;

  @Option(names = "--folds", description = "By default ${DEFAULT-VALUE}.")
  private int folds = 5;

  @Option(
      names = "--seed",
      description = "Random seed of the first repetition, by default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--repeats",
      description = "Number of repetitions, each with the next seed; by default one.")
  private int repeats = 1;

  @Option(
      names = "--plot",
      description = "SVG file to draw the first repetition's calibration to; by default none.")
  private @Nullable Path plot;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new CrossValidation()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    DatasetSpec spec = options.spec();
    EncodedTable rows = options.table(spec);
    Trainer trainer = options.trainer(spec);
    JsonNode all = options.parameters(spec, trainer);
    List<Quality> found = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      found.add(validate(trainer, all, rows, seed + repeat));
    }
    double auc = mean(found, Quality::auc);
    double variance = mean(found, one -> (one.auc() - auc) * (one.auc() - auc));
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dataset", spec.name()).put("learner", trainer.name());
    json.put("rows", rows.table().rows()).put("folds", folds).put("repeats", repeats);
    json.put("auc", auc).put("aucDeviation", Math.sqrt(variance));
    json.put("pooledAuc", mean(found, Quality::pooledAuc));
    json.put("logLoss", mean(found, Quality::logLoss));
    json.put("calibratedLogLoss", mean(found, Quality::calibratedLogLoss));
    json.put("calibrationChangeHigh", mean(found, Quality::calibrationChangeHigh));
    json.put("slope", mean(found, Quality::slope));
    json.put("lowestSlope", found.stream().mapToDouble(Quality::slope).min().orElseThrow());
    json.put("highestSlope", found.stream().mapToDouble(Quality::slope).max().orElseThrow());
    json.put("meanScore", mean(found, Quality::meanScore));
    json.put("baseRate", mean(found, Quality::baseRate));
    System.out.println(json);
    return 0;
  }

  /**
   * One repetition.
   *
   * @param auc the mean of the folds' areas under the ROC curve
   * @param pooledAuc the area over all rows, as are the others
   * @param logLoss before calibration
   * @param calibrationChangeHigh the upper bound of the paired change of the log loss by
   *     calibration
   * @param slope the calibration slope after calibration
   */
  private record Quality(
      double auc,
      double pooledAuc,
      double logLoss,
      double calibratedLogLoss,
      double calibrationChangeHigh,
      double slope,
      double meanScore,
      double baseRate) {}

  private static double mean(List<Quality> found, ToDoubleFunction<Quality> figure) {
    return found.stream().mapToDouble(figure).average().orElseThrow();
  }

  private Quality validate(Trainer trainer, JsonNode all, EncodedTable rows, long seed)
      throws IOException {
    RandomFolds randomFolds = new RandomFolds(rows.table().rows(), folds, seed);
    float[] scores = new float[rows.table().rows()];
    float[] calibrated = new float[rows.table().rows()];
    double sum = 0;
    for (int fold = 0; fold < folds; fold++) {
      FeatureTable train = randomFolds.train(rows.table(), fold);
      FeatureTable validation = randomFolds.validation(rows.table(), fold);
      int rounds =
          trainer.train(rows.encoder(), train, validation, all, options.threads()).rounds();
      FeatureTable both = train.and(validation);
      TrainedModel trained = trainer.refit(rows.encoder(), both, rounds, all, options.threads());
      double auc =
          score(trainer.scorer(trained.bytes()), rows.table(), randomFolds.test(fold), scores);
      sum += auc;
      MarginRows margins =
          new OutOfFoldMargins(trainer, rows.encoder(), all, options.threads())
              .of(both, rounds)
              .orElseThrow();
      Calibrator calibrator = CalibratorFit.of(CalibrationMethod.of(all), margins);
      score(
          calibrator.over(trainer.scorer(trained.bytes())),
          rows.table(),
          randomFolds.test(fold),
          calibrated);
      System.err.printf(
          Locale.ROOT, "seed %d, fold %d: AUC %.5f, %d rounds%n", seed, fold + 1, auc, rounds);
    }
    ScoredRows pooled = ScoredRows.of("the table", rows.table().labels(), scores);
    ScoredRows after = ScoredRows.of("the table", rows.table().labels(), calibrated);
    if (plot != null && seed == this.seed) {
      Files.writeString(plot, CalibrationFigure.svg(trainer.name(), pooled, after));
    }
    double mean = 0;
    for (float score : scores) {
      mean += score / (double) scores.length;
    }
    return new Quality(
        sum / folds,
        RocAuc.of(Ranking.of(pooled)),
        LogLoss.of(pooled),
        LogLoss.of(after),
        LogLoss.difference(after, pooled).high(),
        CalibrationSlope.of(after).value(),
        mean,
        pooled.baseRate());
  }

  private static double score(Scorer scorer, FeatureTable table, int[] rows, float[] scores) {
    byte[] labels = new byte[rows.length];
    float[] own = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      own[i] = scorer.score(table.values(), rows[i] * table.names().size());
      scores[rows[i]] = own[i];
      labels[i] = table.labels()[rows[i]];
    }
    return RocAuc.of(Ranking.of(ScoredRows.of("the fold", labels, own)));
  }
}
