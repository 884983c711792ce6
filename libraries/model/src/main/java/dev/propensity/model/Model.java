package dev.propensity.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.calibration.Calibrator;
import dev.propensity.model.metric.LogisticLine;
import dev.propensity.model.metric.Profit;
import dev.propensity.model.metric.ProfitForecast;
import dev.propensity.model.trainer.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A model directory in memory: encoder, scorer, threshold, sample rows. */
public final class Model {
  private final ModelDescription description;
  private final Encoder encoder;
  private final Scorer scorer;
  private final List<SampleRow> samples;
  private final RawRows raw;

  private Model(
      ModelDescription description, Encoder encoder, Scorer scorer, List<SampleRow> samples) {
    this.description = description;
    this.encoder = encoder;
    this.scorer = scorer;
    this.samples = samples;
    this.raw = new RawRows(encoder);
  }

  /**
   * A row with its recorded score.
   *
   * @param row raw cells by column; an empty text is missing
   */
  public record SampleRow(Map<String, String> row, float score) {}

  /**
   * Loads a model directory, files as {@code train} wrote them. Reads {@code model.json}, {@code
   * encoder.json}, {@code sample-rows.json} and the native model; the others are for Python and
   * readers.
   *
   * @throws UserException where a file is missing or damaged
   */
  public static Model load(Path directory) {
    byte[] json = read(directory.resolve(ModelDirectory.DESCRIPTION));
    JsonNode tree = CanonicalJson.read(json, JsonNode.class, ModelDirectory.DESCRIPTION);
    int schema = tree.path("schema").asInt();
    if (schema < 1 || schema > ModelDescription.SCHEMA) {
      throw new UserException(
          ModelDirectory.DESCRIPTION
              + " has schema "
              + schema
              + "; this version reads 1 to "
              + ModelDescription.SCHEMA);
    }
    ModelDescription description =
        CanonicalJson.read(json, ModelDescription.class, ModelDirectory.DESCRIPTION);
    Encoder encoder = Encoder.read(directory.resolve(Encoder.FILE));
    Scorer raw =
        Trainers.named(description.learner()).scorer(read(directory.resolve(description.file())));
    Scorer scorer = description.calibrator().over(raw);
    SampleRow[] samples =
        CanonicalJson.read(
            read(directory.resolve(ModelDirectory.SAMPLES)),
            SampleRow[].class,
            ModelDirectory.SAMPLES);
    return new Model(description, encoder, scorer, List.of(samples));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserException(
          file.getParent() + " is not a model directory: " + file.getFileName() + " is missing", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Encodes a raw row for the scorer; fitted on the train split. */
  public Encoder encoder() {
    return encoder;
  }

  /** Computes the calibrated score of an encoded row. */
  public Scorer scorer() {
    return scorer;
  }

  /**
   * Encodes and scores a raw row.
   *
   * @param row raw cells by column; absent or empty is missing
   * @throws UserException that names column, value and rule of an invalid cell
   */
  public float score(Map<String, String> row) {
    return score(encoder, scorer, row);
  }

  /**
   * A row of raw cells that the encoder encodes to these features, for callers that score raw rows.
   *
   * @param values encoded rows, {@code [rows][features]}
   * @param offset where the row begins
   * @return cells by column; an empty text is missing
   */
  public Map<String, String> rawRow(float[] values, int offset) {
    return raw.of(values, offset);
  }

  static float score(Encoder encoder, Scorer scorer, Map<String, String> row) {
    float[] values = new float[encoder.features().size()];
    encoder.encode(row, values, 0);
    return scorer.score(values, 0);
  }

  /** Makes probabilities of the learner's margins. */
  public Calibrator calibrator() {
    return description.calibrator();
  }

  /**
   * The line of the labels' log-odds on the scores', on rows that the model was not fitted to;
   * empty where it is unknown.
   */
  public Optional<LogisticLine> calibrationLine() {
    return Optional.ofNullable(description.calibrationLine());
  }

  /**
   * A forecast of contacting the rows from the threshold on; empty where the calibration is
   * unknown.
   */
  public Optional<ProfitForecast> forecast() {
    return calibrationLine()
        .map(
            line ->
                new ProfitForecast(new Profit(offer().gain(), offer().cost(), threshold()), line));
  }

  /** The score from which a row's label is 1. */
  public double threshold() {
    return description.threshold();
  }

  /** The dataset's name with its origin: {@code insurance} or {@code insurance-synthetic}. */
  public String name() {
    return description.synthetic() ? description.dataset() + "-synthetic" : description.dataset();
  }

  /** The dataset's title. */
  public String title() {
    return description.title();
  }

  /** Whether its training data is synthetic. */
  public boolean synthetic() {
    return description.synthetic();
  }

  /** Gain and cost of an offer. */
  public DatasetSpec.Offer offer() {
    return description.offer();
  }

  /** The learner that trained it. */
  public String learner() {
    return description.learner();
  }

  /** The rounds that it keeps. */
  public int rounds() {
    return description.rounds();
  }

  /** The definition of the split that it was trained on. */
  public SplitRule split() {
    return description.split();
  }

  /** Its metrics on the validation split. */
  public SortedMap<String, Double> validation() {
    return description.validation();
  }

  /** The rows with recorded scores, in the order of {@code sample-rows.json}. */
  public List<SampleRow> samples() {
    return samples;
  }

  /**
   * Scores the sample rows and compares with their recorded scores, to the bit.
   *
   * @throws UserException that names the first row that differs
   */
  public void verifySampleRows() {
    for (int i = 0; i < samples.size(); i++) {
      SampleRow sample = samples.get(i);
      float score = score(sample.row());
      if (score != sample.score()) {
        throw new UserException(
            "sample row "
                + (i + 1)
                + " scores "
                + score
                + ", the recorded score is "
                + sample.score()
                + ": the model is damaged or was written by another version");
      }
    }
  }
}
