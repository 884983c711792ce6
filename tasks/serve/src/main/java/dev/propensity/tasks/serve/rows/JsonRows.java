package dev.propensity.tasks.serve.rows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.rows.IdentifierRule;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.foundation.JsonSyntax;
import dev.propensity.table.ColumnName;
import dev.propensity.tasks.serve.capture.CapturedRequest;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.PredictionStats;
import dev.propensity.tasks.serve.model.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scores the rows of a JSON array of objects as they arrive, without keeping them. */
final class JsonRows {
  // NaN and infinities are parsed, so that they are rejected with row and column.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final String MISSING = InvalidCell.Rule.MISSING.key();
  private static final String STRUCTURE = RowErrors.STRUCTURE;

  private final ServedModel served;
  private final Encoder encoder;
  private final JsonParser parser;
  private final String identifierName; // normalized for comparison
  private final boolean numbered;
  private final int limit;
  private final PredictionStats.RequestCounts counts;
  private final CapturedRequest captured;
  private final RowScores scores = new RowScores();
  private final float[] values;
  private final boolean[] given;
  private final UnknownKeys unknownKeys;
  private final RowErrors errors = new RowErrors();
  private final JsonCells cells;
  private int row;
  private final Set<String> identifiers = new HashSet<>();
  private @Nullable String identifier; // null if the row has none, empty if it is missing
  private long identified;

  private JsonRows(RequestRows request, JsonParser parser) {
    this.numbered = request.numbered();
    this.counts = request.counts();
    this.captured = request.captured();
    this.served = request.served();
    this.encoder = served.model().encoder();
    this.parser = parser;
    this.identifierName = ColumnName.of(encoder.identifier());
    this.limit = request.limit();
    this.values = new float[encoder.features().size()];
    this.given = new boolean[encoder.columns().size()];
    this.unknownKeys = new UnknownKeys(encoder);
    this.cells = new JsonCells(served, parser, errors, captured);
  }

  /**
   * @param body that throws if it is too long
   * @throws Problem for a body that is not such an array, or violates the columns' rules or the
   *     bounds
   */
  static RowScores score(RequestRows request, InputStream body) throws IOException {
    try (JsonParser parser = FACTORY.createParser(body)) {
      return new JsonRows(request, parser).scoreAll();
    }
  }

  private RowScores scoreAll() throws IOException {
    try {
      return score();
    } catch (JacksonException e) {
      String where = parser.getParsingContext().inRoot() ? "" : " in row " + row;
      JsonLocation at = e.getLocation();
      String place =
          at == null ? "" : ", line " + at.getLineNr() + ", character " + at.getColumnNr();
      throw new Problem(400, "the body is not JSON" + where + place + ": " + JsonSyntax.explain(e));
    }
  }

  private RowScores score() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new Problem(400, "the body is empty; send a JSON array of row objects");
    }
    if (first != JsonToken.START_ARRAY) {
      throw new Problem(422, "the body must be a JSON array of row objects: [{\"column\": value}]");
    }
    for (row = 1; parser.nextToken() != JsonToken.END_ARRAY; row++) {
      if (row > limit) {
        throw BoundedBody.tooManyRows(limit);
      }
      readRow();
    }
    if (parser.nextToken() != null) {
      throw new Problem(400, "there is more text after the array of rows");
    }
    if (!errors.isEmpty()) {
      captured.reject(errors.rows(), errors.counts());
      throw errors.problem();
    }
    if (scores.rows() == 0) {
      throw new Problem(422, "the array has no rows");
    }
    long duplicates = identified - identifiers.size();
    UnseenCategories unseen = cells.unseen(scores.rows());
    scores.report(new ReadingReport(null, identified == 0, duplicates, unseen));
    return scores;
  }

  private void readRow() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      reject("the row", cells.shown(), "it must be an object with columns and values", STRUCTURE);
      parser.skipChildren();
      return;
    }
    captured.begin();
    Arrays.fill(given, false);
    unknownKeys.clear();
    identifier = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      readCell(parser.currentName(), parser.nextToken());
    }
    if (!hasAllColumns()) {
      readMissing();
    }
    checkIdentifier();
    if (errors.isEmpty()) {
      encoder.parts().fill(values, 0);
      counts.missing(values, 1);
      String name = numbered ? null : identifier;
      if (name == null) {
        name = String.valueOf(row);
      } else {
        identified++;
        identifiers.add(name);
        captured.identifier(name);
      }
      float score = served.model().scorer().score(values, 0);
      scores.add(name, score);
      captured.end(score);
    }
  }

  private boolean hasAllColumns() {
    for (boolean one : given) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  /** An omitted column is a missing value, unless an unknown key looks like its name. */
  private void readMissing() {
    unknownKeys.check();
    for (int i = 0; i < given.length; i++) {
      if (given[i]) {
        continue;
      }
      String alike = unknownKeys.alike(i);
      if (alike == null) {
        values[i] = cells.encodeMissing(row, i);
      } else {
        String name = encoder.columns().get(i).name();
        reject(name, null, "the column is missing; there is '" + alike + "'", MISSING);
      }
    }
  }

  /**
   * Checks it after the other cells, as in a CSV; also where the request numbers the rows, since
   * the contract's schema is that of all requests.
   */
  private void checkIdentifier() {
    if (identifier == null) {
      return;
    }
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    String broken = IdentifierRule.error(utf8.length);
    if (broken != null) {
      String kind = utf8.length == 0 ? MISSING : InvalidCell.Rule.TOO_LONG.key();
      reject(encoder.identifier(), identifier, broken, kind);
    }
  }

  private void readCell(String column, JsonToken value) throws IOException {
    int feature = encoder.find(column);
    boolean named = feature < 0 && ColumnName.of(column).equals(identifierName);
    if (feature >= 0 && given[feature]) {
      reject(column, cells.shown(), "duplicate column", STRUCTURE);
    } else if (feature >= 0) {
      given[feature] = true;
    } else if (named && identifier != null) {
      reject(column, cells.shown(), "duplicate column", STRUCTURE);
    }
    if (value.isStructStart() && (feature >= 0 || named)) {
      reject(column, cells.shown(), "it must be a single value", STRUCTURE);
    }
    cells.skip(row, column, value);
    if (feature < 0 && !named) {
      unknownKeys.add(column);
    }
    if (value.isStructStart()) {
      return;
    }
    if (feature >= 0) {
      values[feature] = cells.encode(row, feature, value);
    } else if (named) {
      identifier = value == JsonToken.VALUE_NULL ? "" : parser.getText();
    }
  }

  private void reject(String column, @Nullable String value, String rule, String kind) {
    errors.add(row, column, value, rule, kind);
  }
}
