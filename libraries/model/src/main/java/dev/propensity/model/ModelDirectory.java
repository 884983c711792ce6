package dev.propensity.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.profile.DataWarnings;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.calibration.Calibrator;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a model's directory: everything to score in Java, in Python by MLflow and on SageMaker,
 * and the documents for readers and monitoring. It contains no time, key or location: equal
 * computations give equal bytes.
 */
public final class ModelDirectory {
  public static final String DESCRIPTION = "model.json";

  /** The rows whose scores are recorded. */
  public static final String SAMPLES = "sample-rows.json";

  /** The training data's statistics. */
  public static final String BASELINE = "baseline.json";

  /** How training went. */
  public static final String TRAINING = "training.json";

  /** The model card, in Markdown. */
  public static final String CARD = "MODEL_CARD.md";

  private final DatasetSpec spec;
  private final boolean synthetic;
  private final String learner;
  private final JsonNode parameters;
  private DataWarnings warnings = DataWarnings.NONE;

  /**
   * @param synthetic whether the training data is synthetic
   * @param learner the learner's name
   * @param parameters all of the learner's
   */
  public ModelDirectory(DatasetSpec spec, boolean synthetic, String learner, JsonNode parameters) {
    this.spec = spec;
    this.synthetic = synthetic;
    this.learner = learner;
    this.parameters = parameters;
  }

  /** Sets what the data report warns of, for the model card. */
  public ModelDirectory withWarnings(DataWarnings ofTheData) {
    warnings = ofTheData;
    return this;
  }

  /** Reads {@code training.json} of a model directory. */
  public static TrainingHistory training(Path folder) throws IOException {
    return training(Files.readAllBytes(folder.resolve(TRAINING)), TRAINING);
  }

  /** Reads {@code training.json}, which is there. */
  public static TrainingHistory training(byte[] json, String where) {
    return CanonicalJson.read(json, TrainingHistory.class, where);
  }

  /**
   * Fits the calibrator on the validation rows and writes all files into this folder.
   *
   * @return the metrics on the validation rows
   */
  public SortedMap<String, Double> write(
      Path folder,
      TrainedModel trained,
      Encoder encoder,
      FeatureTable train,
      FeatureTable validation)
      throws IOException {
    CalibratedModel calibrated = calibrated(margins(trained, validation));
    ScoredRows scored = scored(trained, calibrated.calibrator(), validation);
    SortedMap<String, Integer> rows =
        new TreeMap<>(Map.of("train", train.rows(), "validation", validation.rows()));
    return write(
        folder, trained, calibrated, encoder, List.of(train, validation), rows, scored, scored);
  }

  /**
   * Writes all files of a model that was refitted on train and validation rows. The metrics are
   * those of the model before: those that {@link #write} gives to it.
   *
   * @param before the model of the train rows
   * @param refitted the model of train and validation rows
   * @param margins of train and validation rows, as {@link #writeFinal} uses them; without them the
   *     baseline's scores are those of the model before
   * @return the metrics on the validation rows
   */
  public SortedMap<String, Double> writeRefitted(
      Path folder,
      TrainedModel before,
      TrainedModel refitted,
      Encoder encoder,
      FeatureTable train,
      FeatureTable validation,
      Optional<MarginRows> margins)
      throws IOException {
    CalibratedModel first = calibrated(margins(before, validation));
    ScoredRows scored = scored(before, first.calibrator(), validation);
    CalibratedModel calibrated = margins.map(this::calibrated).orElse(CalibratedModel.NOT);
    ScoredRows unbiased =
        calibrated.outOfFold().orElseGet(() -> scored(before, calibrated.calibrator(), validation));
    SortedMap<String, Integer> rows =
        new TreeMap<>(
            Map.of(
                ModelDescription.REFIT,
                train.rows() + validation.rows(),
                "train",
                train.rows(),
                "validation",
                validation.rows()));
    return write(
        folder,
        refitted.withHistory(before.history()),
        calibrated,
        encoder,
        List.of(train, validation),
        rows,
        scored,
        unbiased);
  }

  /**
   * Writes all files of a final model, which was trained on all rows outside the test split. The
   * baseline's scores and the metrics are those of the folds' models: this one was trained on all
   * of these rows.
   *
   * @param rows its training data
   * @param outOfFold the same rows, each scored by a model of the same learner and parameters that
   *     was not trained on it
   * @param margins of the rows by models that were not trained on them and resemble this one, to
   *     fit the calibrator; empty for none
   * @return the metrics of the out-of-fold scores
   */
  public SortedMap<String, Double> writeFinal(
      Path folder,
      TrainedModel trained,
      Encoder encoder,
      FeatureTable rows,
      ScoredRows outOfFold,
      Optional<MarginRows> margins)
      throws IOException {
    SortedMap<String, Integer> counts = new TreeMap<>(Map.of("train", rows.rows()));
    return write(
        folder,
        trained,
        margins.map(this::calibrated).orElse(CalibratedModel.NOT),
        encoder,
        List.of(rows),
        counts,
        outOfFold,
        outOfFold);
  }

  private MarginRows margins(TrainedModel trained, FeatureTable rows) {
    return new MarginRows(scorer(trained).margins(rows.values(), rows.rows()), rows.labels());
  }

  private ScoredRows scored(TrainedModel trained, Calibrator calibrator, FeatureTable validation) {
    float[] scores =
        calibrator.over(scorer(trained)).scores(validation.values(), validation.rows());
    return ScoredRows.of("the validation split", validation.labels(), scores);
  }

  private CalibratedModel calibrated(MarginRows rows) {
    return CalibratedModel.of(CalibrationMethod.of(parameters), rows);
  }

  private Scorer scorer(TrainedModel trained) {
    return Trainers.named(learner).scorer(trained.bytes());
  }

  private SortedMap<String, Double> write(
      Path folder,
      TrainedModel trained,
      CalibratedModel calibrated,
      Encoder encoder,
      List<FeatureTable> known,
      SortedMap<String, Integer> rows,
      ScoredRows scored,
      ScoredRows unbiased)
      throws IOException {
    Ranking ranking = Ranking.of(scored);
    double threshold = Threshold.breakEven(spec.offer());
    ModelDescription description =
        new ModelDescription(
            ModelDescription.SCHEMA,
            spec.name(),
            spec.title(),
            synthetic,
            learner,
            trained.fileName(),
            parameters,
            trained.rounds(),
            calibrated.calibrator(),
            calibrated.line(),
            threshold,
            spec.identifier(),
            spec.label(),
            spec.split(),
            spec.offer(),
            rows,
            ValidationMetrics.of(scored, ranking, threshold, spec.offer()));

    Files.write(folder.resolve(trained.fileName()), trained.bytes());
    encoder.write(folder.resolve(Encoder.FILE));
    json(folder, DESCRIPTION, description);
    FeatureTable last = known.get(known.size() - 1);
    json(
        folder,
        SAMPLES,
        new SampleRows(encoder, calibrated.calibrator().over(scorer(trained))).of(last));
    json(folder, BASELINE, Baseline.of(encoder, known, unbiased));
    json(
        folder,
        TRAINING,
        new TrainingHistory(trained.history(), trained.importance(), description.validation()));
    text(folder, CARD, ModelCard.of(description, spec.columns(), trained.importance(), warnings));
    PythonFlavors.write(folder, trained);
    return description.validation();
  }

  private static void json(Path folder, String file, Object value) throws IOException {
    Files.write(folder.resolve(file), CanonicalJson.bytes(value));
  }

  static void text(Path folder, String file, String text) throws IOException {
    Files.write(folder.resolve(file), text.getBytes(StandardCharsets.UTF_8));
  }
}
