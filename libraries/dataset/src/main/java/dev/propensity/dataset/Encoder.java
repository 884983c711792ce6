package dev.propensity.dataset;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Turns raw rows into features. Fitted on the train split, never on labels; it travels with the
 * model and holds all that raw rows need: identifier, label, columns with their rules, codes.
 */
public final class Encoder {

  /**
   * A feature that the encoder makes.
   *
   * @param column the raw column it comes from
   * @param categories of a category, by code; a value unseen in training gets the code {@code
   *     categories.size()}; empty for other kinds
   */
  public record Feature(Column column, List<String> categories) {}

  /** Reads {@code encoder.json}. */
  public static Encoder read(Path file) {
    throw new UnsupportedOperationException();
  }

  /** Writes {@code encoder.json}, canonical. */
  public void write(Path file) {
    throw new UnsupportedOperationException();
  }

  /** The features in their order. */
  public List<Feature> features() {
    throw new UnsupportedOperationException();
  }

  /** The name of the identifier's column. */
  public String identifier() {
    throw new UnsupportedOperationException();
  }

  /** The label's column and words. */
  public DatasetSpec.Label label() {
    throw new UnsupportedOperationException();
  }

  /**
   * Encodes a row that is already in parts, as a JSON request gives it.
   *
   * @param row raw cells by column; absent or empty is missing; other columns are ignored
   * @param values where the features go, from {@code offset}
   * @throws dev.propensity.foundation.UserException that names column, value and rule of the first
   *     bad cell; its text starts with the column, so that callers put "row 3, " before it
   */
  public void encode(Map<String, String> row, float[] values, int offset) {
    throw new UnsupportedOperationException();
  }

  /**
   * Encodes a CSV with a header, in any order of columns, with or without label and identifier (the
   * row's number, from 1, stands for it), other columns ignored.
   *
   * @param where the file's name, for errors
   * @throws dev.propensity.foundation.UserException with line, column, value and rule of the first
   *     ten bad cells and the count of all
   */
  public FeatureTable encode(InputStream csv, String where) {
    throw new UnsupportedOperationException();
  }
}
