package dev.propensity.tasks.serve.upload;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.tasks.serve.http.JsonText;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.model.ServedModel;
import java.nio.charset.StandardCharsets;

/** Writes an upload's predictions, named after the dataset's own columns, as JSON or CSV. */
final class Predictions {
  /** The suffix of the predicted label's column name. */
  static final String SUFFIX = "_pred";

  static final String SCORE = "score";

  private final ServedModel served;
  private final Spill out;
  private final boolean csv;
  private final boolean compared;
  private final ByteText text = new ByteText();
  private final byte[] beforeIdentifier;
  private final byte[] beforeLabel;
  private final byte[] beforeScore;
  private final byte[] afterScore;
  private boolean any;

  /**
   * @param csv whether CSV is requested
   * @param compared whether the predictions are a member of an object, with the comparison of the
   *     rows as another; not in CSV
   */
  Predictions(ServedModel served, Spill out, boolean csv, boolean compared) {
    this.served = served;
    this.out = out;
    this.csv = csv;
    this.compared = compared && !csv;
    Encoder encoder = served.model().encoder();
    String identifier = encoder.identifier();
    String label = encoder.label().column() + SUFFIX;
    if (csv) {
      header(identifier, label);
      beforeIdentifier = new byte[0];
      beforeLabel = utf8(",");
      beforeScore = utf8(",");
      afterScore = utf8("\n");
    } else {
      beforeIdentifier = utf8('{' + json(identifier) + ':');
      beforeLabel = utf8(',' + json(label) + ':');
      beforeScore = utf8(',' + json(SCORE) + ':');
      afterScore = utf8("}");
      if (this.compared) {
        text.append("{\"predictions\":");
      }
    }
  }

  private void header(String identifier, String label) {
    for (String name : new String[] {identifier, label, SCORE}) {
      byte[] utf8 = utf8(name);
      if (text.length() > 0) {
        text.append((byte) ',');
      }
      text.appendCsv(utf8, 0, utf8.length);
    }
    text.append((byte) '\n');
    flush();
  }

  /** Writes these rows, scored. */
  void add(RowBatch batch, float[] scores) {
    for (int row = 0; row < batch.rows(); row++) {
      if (!csv) {
        text.append((byte) (any ? ',' : '['));
        any = true;
      }
      text.append(beforeIdentifier);
      int start = batch.identifierStart(row);
      int end = batch.identifierEnd(row);
      if (csv) {
        text.appendCsv(batch.identifiers(), start, end);
      } else {
        text.appendJson(batch.identifiers(), start, end);
      }
      text.append(beforeLabel).append((byte) ('0' + served.label(scores[row])));
      text.append(beforeScore).append(Float.toString(scores[row])).append(afterScore);
    }
    flush();
  }

  /**
   * Ends the document.
   *
   * @param comparison how the rows differ from the training rows, as JSON; written if the rows are
   *     compared
   * @throws Problem as {@link Spill#end}
   */
  void end(String comparison) {
    if (!csv) {
      text.append((byte) ']');
      if (compared) {
        text.append(",\"comparison\":").append(utf8(comparison)).append((byte) '}');
      }
      text.append((byte) '\n');
      flush();
    }
    out.end();
  }

  private void flush() {
    out.write(text.bytes(), text.length());
    text.clear();
  }

  private static String json(String name) {
    StringBuilder out = new StringBuilder();
    JsonText.append(out, name);
    return out.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
