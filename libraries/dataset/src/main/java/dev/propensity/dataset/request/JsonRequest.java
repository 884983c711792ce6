package dev.propensity.dataset.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a JSON array of objects. */
final class JsonRequest {
  private final JsonParser parser;
  private final Encoder encoder;
  private final JsonWords words;

  JsonRequest(JsonParser parser, Encoder encoder, JsonWords words) {
    this.parser = parser;
    this.encoder = encoder;
    this.words = words;
  }

  /**
   * @throws UserException if it is no such array
   */
  List<RequestRow> rows() throws IOException {
    List<RequestRow> rows = new ArrayList<>();
    boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
    while (isArray && parser.nextToken() == JsonToken.START_OBJECT) {
      rows.add(row());
    }
    if (!isArray || parser.currentToken() != JsonToken.END_ARRAY) {
      throw new UserException("the request is not a JSON array of row objects");
    }
    return rows;
  }

  private RequestRow row() throws IOException {
    @Nullable String[] cells = new String[encoder.columns().size()];
    String identifier = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String column = parser.currentName();
      JsonToken value = parser.nextToken();
      int feature = encoder.find(column);
      if (feature >= 0) {
        cells[feature] = cell(feature, value);
      } else if (value.isScalarValue() && ColumnName.same(column, encoder.identifier())) {
        identifier = value == JsonToken.VALUE_NULL ? null : parser.getText();
      }
      parser.skipChildren();
    }
    return new RequestRow(identifier, cells);
  }

  private @Nullable String cell(int feature, JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_STRING -> filled(Encoder.trimmed(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new String(words.ofNumber(feature, parser));
      case VALUE_TRUE, VALUE_FALSE ->
          new String(words.ofBoolean(feature, value == JsonToken.VALUE_TRUE));
      default -> null;
    };
  }

  private static @Nullable String filled(String text) {
    return text.isEmpty() ? null : text;
  }
}
