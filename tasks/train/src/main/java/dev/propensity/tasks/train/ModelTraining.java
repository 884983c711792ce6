package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.AllRows;
import dev.propensity.artifacts.TrainingSplits;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.profile.DataWarnings;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.calibration.OutOfFoldMargins;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Refit;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a model and writes its directory. */
final class ModelTraining {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTraining.class);

  private final Trainer trainer;
  private final JsonNode parameters;
  private final ModelDirectory directory;
  private final int threads;

  /**
   * @param synthetic whether the rows are synthetic
   * @param warnings of the data report
   */
  ModelTraining(
      DatasetSpec spec,
      boolean synthetic,
      DataWarnings warnings,
      Trainer trainer,
      JsonNode parameters,
      int threads) {
    this.trainer = trainer;
    this.parameters = parameters;
    this.directory =
        new ModelDirectory(spec, synthetic, trainer.name(), parameters).withWarnings(warnings);
    this.threads = threads;
  }

  /**
   * Trains on the train rows, with early stopping on the validation rows, and if the parameters set
   * {@code refit}, again on both for the rounds found.
   *
   * @return time and memory, as metrics
   */
  Map<String, Double> onTheSplit(TrainingSplits read, Path folder) throws IOException {
    FeatureTable rows = read.train().and(read.validation());
    return Refit.isOn(parameters, rows.rows(), OutOfFoldMargins.isPossible(rows))
        ? refitted(read, rows, folder)
        : onTheTrainRows(read, folder);
  }

  private Map<String, Double> refitted(TrainingSplits read, FeatureTable rows, Path folder)
      throws IOException {
    TrainingMeter meter = TrainingMeter.begin();
    TrainedModel before = train(read);
    LOG.info("training again on {} train and validation rows", rows.rows());
    TrainedModel trained =
        trainer.refit(read.encoder(), rows, before.rounds(), parameters, threads);
    Optional<MarginRows> margins = margins(read.encoder(), rows, before.rounds());
    Map<String, Double> cost = meter.metrics();
    Map<String, Double> metrics =
        directory.writeRefitted(
            folder, before, trained, read.encoder(), read.train(), read.validation(), margins);
    logMetrics(before, metrics, read.validation());
    return cost;
  }

  /**
   * Trains on the train rows, with early stopping on the validation rows, whatever {@code refit}
   * is: the validation rows of a fold must not be trained on.
   *
   * @return time and memory, as metrics
   */
  Map<String, Double> onTheTrainRows(TrainingSplits read, Path folder) throws IOException {
    TrainingMeter meter = TrainingMeter.begin();
    TrainedModel trained = train(read);
    Map<String, Double> cost = meter.metrics();
    Map<String, Double> metrics =
        directory.write(folder, trained, read.encoder(), read.train(), read.validation());
    logMetrics(trained, metrics, read.validation());
    return cost;
  }

  /**
   * Trains a final model on all rows.
   *
   * @param candidate with the number of rounds
   * @param outOfFold the scores of the same rows by the folds' models
   * @return time and memory, as metrics
   */
  Map<String, Double> onAllRows(
      AllRows read, CandidateResult candidate, OutOfFold outOfFold, Path folder)
      throws IOException {
    LOG.info(
        "training on all {} rows outside the test split for {} rounds with {} threads",
        read.rows().rows(),
        candidate.rounds(),
        threads);
    TrainingMeter meter = TrainingMeter.begin();
    TrainedModel trained =
        trainer.refit(read.encoder(), read.rows(), candidate.rounds(), parameters, threads);
    Optional<MarginRows> margins = margins(read.encoder(), read.rows(), candidate.rounds());
    Map<String, Double> cost = meter.metrics();
    Map<String, Double> metrics =
        directory.writeFinal(
            folder,
            trained,
            read.encoder(),
            read.rows(),
            outOfFold.pooled(candidate.name()),
            margins);
    LOG.info(
        "its folds reached AUC {} and log loss {}",
        text(Objects.requireNonNull(metrics.get("auc"))),
        text(Objects.requireNonNull(metrics.get("log_loss"))));
    return cost;
  }

  private TrainedModel train(TrainingSplits read) {
    LOG.info("training on {} rows with {} threads", read.train().rows(), threads);
    return trainer.train(read.encoder(), read.train(), read.validation(), parameters, threads);
  }

  /** To calibrate a model of these rows; none are computed where it is not calibrated. */
  private Optional<MarginRows> margins(Encoder encoder, FeatureTable rows, int rounds) {
    if (CalibrationMethod.of(parameters) == CalibrationMethod.NONE) {
      return Optional.empty();
    }
    Optional<MarginRows> margins =
        new OutOfFoldMargins(trainer, encoder, parameters, threads).of(rows, rounds);
    if (margins.isEmpty()) {
      LOG.warn(
          "the scores are not calibrated: of {} rows, {} are positive, and a model of all rows needs"
              + " twenty of each label",
          rows.rows(),
          rows.positives());
    }
    return margins;
  }

  private static void logMetrics(
      TrainedModel trained, Map<String, Double> metrics, FeatureTable validation) {
    LOG.info(
        "kept {} rounds; AUC {} and log loss {} on {} validation rows",
        trained.rounds(),
        text(Objects.requireNonNull(metrics.get("auc"))),
        text(Objects.requireNonNull(metrics.get("log_loss"))),
        validation.rows());
  }

  private static String text(double metric) {
    return String.format(Locale.ROOT, "%.4f", metric);
  }
}
