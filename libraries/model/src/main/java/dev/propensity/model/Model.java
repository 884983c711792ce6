package dev.propensity.model;

import dev.propensity.dataset.Encoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model directory in memory: encoder, scorer, threshold, sample rows. */
public final class Model {

  /**
   * A row whose score is on record.
   *
   * @param row raw cells by column; an empty text is missing
   */
  public record SampleRow(Map<String, String> row, float score) {}

  /**
   * Loads a model directory, files as {@code train} wrote them.
   *
   * @throws dev.propensity.foundation.UserException where a file is missing or damaged
   */
  public static Model load(Path directory) {
    throw new UnsupportedOperationException();
  }

  public Encoder encoder() {
    throw new UnsupportedOperationException();
  }

  public Scorer scorer() {
    throw new UnsupportedOperationException();
  }

  /** The score from which on a row's label is 1. */
  public double threshold() {
    throw new UnsupportedOperationException();
  }

  /** The definition of the split that it was trained on. */
  public dev.propensity.dataset.DatasetSpec.SplitRule split() {
    throw new UnsupportedOperationException();
  }

  public List<SampleRow> samples() {
    throw new UnsupportedOperationException();
  }

  /**
   * Scores the sample rows and compares with their recorded scores.
   *
   * @throws dev.propensity.foundation.UserException that names the first row that differs
   */
  public void prove() {
    throw new UnsupportedOperationException();
  }
}
