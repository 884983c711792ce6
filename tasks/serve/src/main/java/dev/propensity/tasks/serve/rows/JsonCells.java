package dev.propensity.tasks.serve.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.propensity.dataset.encoder.CellRejectedException;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.request.JsonWords;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.tasks.serve.capture.CapturedRequest;
import dev.propensity.tasks.serve.model.ServedModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads and encodes the values of JSON rows, and collects invalid and unseen ones. */
final class JsonCells {
  private static final char[] NOTHING = {};

  private final Encoder encoder;
  private final JsonWords words;
  private final JsonParser parser;
  private final RowErrors errors;
  private final CapturedRequest captured;
  private final UnseenCategories unseen = new UnseenCategories();
  private final long[] unseenCells; // by feature

  /**
   * @param errors gets those of invalid values
   * @param captured gets the cells of the rows that it keeps
   */
  JsonCells(ServedModel served, JsonParser parser, RowErrors errors, CapturedRequest captured) {
    this.captured = captured;
    this.encoder = served.model().encoder();
    this.words = served.words();
    this.parser = parser;
    this.errors = errors;
    this.unseenCells = new long[encoder.columns().size()];
  }

  /** The parser's current value, as shown in errors. */
  String shown() throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> "[…]";
      case START_OBJECT -> "{…}";
      default -> parser.getText();
    };
  }

  /**
   * Goes to the end of the parser's current value, if it is an array or object, and adds an error
   * for each NaN or infinity, which are not JSON.
   */
  void skip(int row, String column, JsonToken value) throws IOException {
    int depth = 0;
    for (JsonToken token = value; ; token = parser.nextToken()) {
      if (isNaN(token)) {
        String text = parser.getText();
        String rule = text + " is not JSON; omit the key for a missing value";
        errors.add(row, column, text, rule, InvalidCell.Rule.NOT_FINITE.key());
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return;
      }
    }
  }

  private boolean isNaN(JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN();
  }

  /**
   * The feature of the parser's current value; NaN where it is missing or invalid.
   *
   * @param row its number, for errors
   */
  float encode(int row, int feature, JsonToken value) throws IOException {
    switch (value) {
      case VALUE_STRING:
        return encode(
            row,
            feature,
            parser.getTextCharacters(),
            parser.getTextOffset(),
            parser.getTextLength());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
        return isNaN(value) ? Float.NaN : encode(row, feature, words.ofNumber(feature, parser));
      case VALUE_TRUE, VALUE_FALSE:
        return encode(row, feature, words.ofBoolean(feature, value == JsonToken.VALUE_TRUE));
      default:
        return encodeMissing(row, feature);
    }
  }

  /** The feature of a missing value. */
  float encodeMissing(int row, int feature) {
    return encode(row, feature, NOTHING);
  }

  private float encode(int row, int feature, char[] word) {
    return encode(row, feature, word, 0, word.length);
  }

  private float encode(int row, int feature, char[] text, int offset, int length) {
    try {
      float value = encoder.encode(feature, text, offset, length);
      if (encoder.isUnseen(feature, value)) {
        addUnseen(feature, Encoder.trimmed(new String(text, offset, length)));
      }
      if (!Float.isNaN(value)) {
        captured.cell(feature, text, offset, length);
      }
      return value;
    } catch (CellRejectedException e) {
      errors.add(row, e.column(), e.value(), e.rule(), e.kind().key());
      return Float.NaN;
    }
  }

  private void addUnseen(int feature, String word) {
    unseenCells[feature]++;
    String known = encoder.lookAlike(feature, word);
    if (known != null) {
      unseen.addLookAlike(column(feature), word, known);
    }
  }

  private String column(int feature) {
    return encoder.columns().get(feature).name();
  }

  /**
   * The unseen values of all rows. Call it once, at the end.
   *
   * @param rows how many there are
   */
  UnseenCategories unseen(int rows) {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < unseenCells.length; i++) {
      if (unseenCells[i] > 0) {
        counts.put(column(i), unseenCells[i]);
      }
    }
    unseen.addRows(rows);
    unseen.add(counts, Map.of());
    return unseen;
  }
}
