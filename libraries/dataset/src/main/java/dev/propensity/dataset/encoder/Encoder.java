package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.DatePart;
import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw rows into features. Fitted on the train split, never on labels; it is saved with the
 * model and contains everything to encode raw rows: identifier, label, columns with their rules,
 * codes.
 */
public final class Encoder {
  /** The name of its file, among features and in a model directory. */
  public static final String FILE = "encoder.json";

  /**
   * A feature that the encoder makes.
   *
   * @param column the raw column it comes from
   * @param part of the column's dates; null where it is the column's value itself
   * @param categories of a category, by code; a value unseen in training gets the code {@code
   *     categories.size()}; empty for other kinds
   * @param numeric whether categories are compared as numbers: 28 and 28.0 are one
   */
  public record Feature(
      Column column, @Nullable DatePart part, List<String> categories, boolean numeric) {
    /** A column's value. */
    public Feature(Column column, List<String> categories, boolean numeric) {
      this(column, null, categories, numeric);
    }

    /** A column's value whose categories are compared as text. */
    public Feature(Column column, List<String> categories) {
      this(column, categories, false);
    }

    /** The feature's name, unique in its encoder. */
    public String name() {
      return part == null ? column.name() : part.feature(column.name());
    }
  }

  private final String identifier;
  private final DatasetSpec.Label label;
  private final @Nullable String decimal;
  private final List<Feature> columns;
  private final List<Feature> features;
  private final DateParts parts;
  private final CellReader[] readers;
  private final Map<String, Integer> places = new HashMap<>();
  private final LookAlikes alike;

  /**
   * @param columns the values of columns in their order, categories fitted
   */
  public Encoder(String identifier, DatasetSpec.Label label, List<Feature> columns) {
    this(identifier, label, null, columns);
  }

  /**
   * @param decimal the decimal sign of tables, "." or ","; null where it is detected
   */
  public Encoder(
      String identifier, DatasetSpec.Label label, @Nullable String decimal, List<Feature> columns) {
    this.identifier = identifier;
    this.label = label;
    this.decimal = decimal;
    this.columns = List.copyOf(columns);
    this.parts = new DateParts(columns.stream().map(Feature::column).toList());
    this.features = Stream.concat(columns.stream(), parts.features().stream()).toList();
    this.readers = new CellReader[columns.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = CellReader.of(columns.get(i));
      places.put(ColumnName.of(columns.get(i).column().name()), i);
    }
    this.alike = new LookAlikes(places.keySet());
  }

  /**
   * Reads {@code encoder.json}.
   *
   * @throws UserException if it is damaged or of a later schema
   */
  public static Encoder read(Path file) {
    return EncoderJson.read(file).encoder();
  }

  /** Writes {@code encoder.json}, canonical. */
  public void write(Path file) {
    EncoderJson.of(this).write(file);
  }

  /** The features in their order: the values of all columns, then the parts of dates. */
  public List<Feature> features() {
    return features;
  }

  /** The features' names, in their order. */
  public List<String> names() {
    return features.stream().map(Feature::name).toList();
  }

  /** The features that are columns' values, which are the first ones. */
  public List<Feature> columns() {
    return columns;
  }

  /** The features that follow from the others of a row. */
  public DateParts parts() {
    return parts;
  }

  /** The name of the identifier's column. */
  public String identifier() {
    return identifier;
  }

  /** The label's column and words. */
  public DatasetSpec.Label label() {
    return label;
  }

  /** The decimal sign of tables, "." or ","; null where it is detected. */
  public @Nullable String decimal() {
    return decimal;
  }

  /**
   * The place of the feature that comes from this raw column, or -1. Names are compared as those of
   * a header: trimmed, and in Unicode's form NFC.
   */
  public int find(String column) {
    Integer place = places.get(column);
    return place != null ? place : places.getOrDefault(ColumnName.of(column), -1);
  }

  /**
   * The place of the feature whose raw column's name differs from this one only in case, width, or
   * by characters that are not seen, or -1.
   */
  public int findAlike(String column) {
    String known = alike.of(column);
    return known == null ? -1 : Objects.requireNonNull(places.get(known), known);
  }

  /**
   * Encodes one cell, for callers with their own rows, which then fill in {@link #parts}: allocates
   * no row, map or string.
   *
   * @param feature the place of a column's value
   * @param text holds the raw cell; an empty one is missing
   * @throws CellRejectedException that names column, value and rule, if the cell is invalid
   */
  public float encode(int feature, char[] text, int offset, int length) {
    try {
      return readers[feature].read(text, offset, length);
    } catch (InvalidCell e) {
      throw new CellRejectedException(e);
    }
  }

  /**
   * Encodes a row of separate values, as in a JSON request.
   *
   * @param row raw cells by column; absent or empty is missing; other columns are ignored
   * @param values where the features go, from {@code offset}
   * @throws UserException that names column, value and rule of the first invalid cell; its text
   *     starts with the column, so that callers can prepend "row 3, "
   */
  public void encode(Map<String, String> row, float[] values, int offset) {
    for (int i = 0; i < readers.length; i++) {
      String cell = row.get(columns.get(i).column().name());
      char[] text = cell == null ? new char[0] : cell.toCharArray();
      values[offset + i] = encode(i, text, 0, text.length);
    }
    parts.fill(values, offset);
  }

  /** Whether an encoded cell is of a category that is not in the training data. */
  public boolean isUnseen(int feature, float value) {
    return readers[feature] instanceof FittedCategory fitted && value == fitted.unseen;
  }

  /**
   * The known category that an unseen one looks like: it differs only in case, width or invisible
   * characters.
   *
   * @param feature its place
   * @return null where there is none
   */
  public @Nullable String lookAlike(int feature, String word) {
    return readers[feature] instanceof FittedCategory fitted ? fitted.lookAlike(word) : null;
  }

  /** A cell's text without the blanks around it, as it is compared. */
  public static String trimmed(String text) {
    return CellReader.trimmed(text);
  }

  public CellReader reader(int feature) {
    return readers[feature];
  }
}
