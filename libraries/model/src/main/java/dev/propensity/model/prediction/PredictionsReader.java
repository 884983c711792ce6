package dev.propensity.model.prediction;

import dev.propensity.foundation.UserException;
import dev.propensity.table.arrow.ArrowColumn;
import dev.propensity.table.arrow.ArrowFileReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads {@code predictions.arrow}, with or without the columns contact and reason. */
public final class PredictionsReader implements AutoCloseable {
  /** The file's name. */
  public static final String FILE = PredictionFiles.ARROW;

  /**
   * A prediction.
   *
   * @param isSelected whether the customer is to be contacted
   * @param reason why
   */
  public record Prediction(String identifier, float score, boolean isSelected, Selection reason) {}

  private final String damaged;
  private final ArrowFileReader file;
  private final boolean hasReasons;

  /**
   * @param where the file's name, for errors
   * @throws UserException that names the file, if it is damaged; as {@link #forEach}
   */
  public PredictionsReader(Path path, String where) {
    this.damaged = where + " is not a file of predictions, or is damaged";
    this.file = new ArrowFileReader(path, damaged);
    List<ArrowColumn> columns = file.columns();
    List<ArrowColumn> known =
        columns.isEmpty() ? List.of() : PredictionRows.columns(columns.get(0).name());
    this.hasReasons = columns.size() > 3;
    if (columns.size() < 3 || !columns.equals(hasReasons ? known : known.subList(0, 3))) {
      file.close();
      throw new UserException(damaged);
    }
  }

  /** Reads the predictions, in their order. */
  public void forEach(Consumer<Prediction> rows) {
    for (int i = 0; i < file.batches(); i++) {
      ArrowFileReader.Batch batch = file.batch(i);
      for (int row = 0; row < batch.rows(); row++) {
        rows.accept(row(batch, row));
      }
    }
  }

  private Prediction row(ArrowFileReader.Batch batch, int row) {
    try {
      return new Prediction(
          text(batch, 1, row),
          batch.buffer(6).getFloat(4 * row),
          batch.buffer(hasReasons ? 8 : 4).get(row) == 1,
          hasReasons
              ? Selection.valueOf(text(batch, 10, row).toUpperCase(Locale.ROOT))
              : Selection.SCORE);
    } catch (RuntimeException e) { // offsets and lengths that are not those of the rows
      throw new UserException(damaged, e);
    }
  }

  private static String text(ArrowFileReader.Batch batch, int offsets, int row) {
    ByteBuffer ends = batch.buffer(offsets);
    int start = ends.getInt(4 * row);
    byte[] utf8 = new byte[ends.getInt(4 * row + 4) - start];
    batch.buffer(offsets + 1).get(start, utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    file.close();
  }
}
