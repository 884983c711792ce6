package dev.propensity.tasks.serve.rows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.propensity.dataset.Encoder;
import dev.propensity.foundation.JsonSyntax;
import dev.propensity.foundation.UserException;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.Tally;
import dev.propensity.tasks.serve.model.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Scores the rows of a JSON array of objects as they arrive; no row is kept. */
final class JsonRows {
  // NaN and the infinities are read, so that they are rejected by row and column.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();
  private static final char[] NOTHING = {};

  private final ServedModel served;
  private final Encoder encoder;
  private final JsonParser parser;
  private final int limit;
  private final Tally.Request counts;
  private final Scores scores = new Scores();
  private final float[] values;
  private final boolean[] given;
  private String identifier;

  private JsonRows(ServedModel served, JsonParser parser, int limit, Tally.Request counts) {
    this.counts = counts;
    this.served = served;
    this.encoder = served.model().encoder();
    this.parser = parser;
    this.limit = limit;
    this.values = new float[encoder.features().size()];
    this.given = new boolean[values.length];
  }

  /**
   * @throws Problem for a body that is no such array, breaks the columns' rules or the bounds
   */
  static Scores score(ServedModel served, InputStream body, Bounds bounds, Tally.Request counts)
      throws IOException {
    int limit = bounds.rowsOf(served.model().encoder().features().size());
    try (JsonParser parser =
        FACTORY.createParser(new BoundedBody(body, bounds.bytes(), Long.MAX_VALUE - 1))) {
      return new JsonRows(served, parser, limit, counts).scoreAll();
    }
  }

  private Scores scoreAll() throws IOException {
    try {
      return score();
    } catch (JacksonException e) {
      String row = parser.getParsingContext().inRoot() ? "" : " in row " + (scores.rows() + 1);
      JsonLocation at = e.getLocation();
      String place =
          at == null ? "" : ", line " + at.getLineNr() + ", character " + at.getColumnNr();
      throw new Problem(400, "the body is not JSON" + row + place + ": " + JsonSyntax.explain(e));
    }
  }

  private Scores score() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new Problem(400, "the body is empty; send a JSON array of row objects");
    }
    if (first != JsonToken.START_ARRAY) {
      throw new Problem(422, "the body must be a JSON array of row objects: [{\"column\": value}]");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (scores.rows() == limit) {
        throw BoundedBody.tooManyRows(limit);
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw refused("it must be an object of columns and values");
      }
      readRow();
    }
    if (parser.nextToken() != null) {
      throw new Problem(400, "the body goes on after the array of rows");
    }
    if (scores.rows() == 0) {
      throw new Problem(422, "the body is an array without rows");
    }
    return scores;
  }

  private void readRow() throws IOException {
    Arrays.fill(given, false);
    identifier = null;
    try {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        readCell(parser.currentName(), parser.nextToken());
      }
      for (int i = 0; i < given.length; i++) {
        if (!given[i]) {
          values[i] = encoder.encode(i, NOTHING, 0, 0);
        }
      }
    } catch (UserException e) {
      throw refused(e.getMessage());
    }
    counts.cells(values, 1);
    String name = identifier == null ? String.valueOf(scores.rows() + 1) : identifier;
    scores.add(name, served.model().scorer().score(values, 0));
  }

  private void readCell(String column, JsonToken value) throws IOException {
    int feature = encoder.find(column);
    if (feature < 0) {
      if (column.equals(encoder.identifier())) {
        identifier = readIdentifier(value);
      } else {
        skip(column, value);
      }
      return;
    }
    if (given[feature]) {
      throw refused("the column '" + column + "' is given twice");
    }
    given[feature] = true;
    requireJson(column, value);
    values[feature] = encode(feature, column, value);
  }

  /** Passes over a column that no feature has; it must be JSON all the same. */
  private void skip(String column, JsonToken value) throws IOException {
    int depth = 0;
    for (JsonToken token = value; ; token = parser.nextToken()) {
      requireJson(column, token);
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return;
      }
    }
  }

  private void requireJson(String column, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
      throw refused(
          column + ": " + parser.getText() + " is not JSON; leave the key out for a missing value");
    }
  }

  private String readIdentifier(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!value.isScalarValue()) {
      throw refused("the column '" + encoder.identifier() + "' must hold one value");
    }
    requireJson(encoder.identifier(), value);
    String text = parser.getText();
    return text.isEmpty() ? null : text;
  }

  private float encode(int feature, String column, JsonToken value) throws IOException {
    switch (value) {
      case VALUE_STRING:
        return encoder.encode(
            feature, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
        return encode(feature, served.words().ofNumber(feature, parser));
      case VALUE_TRUE, VALUE_FALSE:
        return encode(feature, served.words().ofBoolean(feature, value == JsonToken.VALUE_TRUE));
      case VALUE_NULL:
        return encoder.encode(feature, NOTHING, 0, 0);
      default:
        throw refused("the column '" + column + "' must hold one value");
    }
  }

  private float encode(int feature, char[] word) {
    return encoder.encode(feature, word, 0, word.length);
  }

  private Problem refused(String reason) {
    return new Problem(422, "row " + (scores.rows() + 1) + ": " + reason);
  }
}
