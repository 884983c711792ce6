package dev.propensity.dataset.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.rows.RawCells;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.foundation.JsonSyntax;
import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the rows of requests that an endpoint with one model answered. */
public final class RequestReader {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String WHERE = "the request";

  private final Encoder encoder;
  private final RowSchema schema;
  private final JsonWords words;

  /**
   * @param encoder the model's
   */
  public RequestReader(Encoder encoder) {
    this.encoder = encoder;
    this.schema = RowSchema.scoring(List.of(encoder));
    this.words = new JsonWords(encoder);
  }

  public Encoder encoder() {
    return encoder;
  }

  /**
   * Reads a request's rows, in their order.
   *
   * @param contentType the request's: {@code text/csv}, with the parameters of {@link CsvType}, or
   *     JSON
   * @throws UserException if the body has no such rows, or some that the encoder rejects
   */
  public List<RequestRow> rows(String contentType, byte[] body) {
    return contentType.strip().toLowerCase(Locale.ROOT).startsWith("text/csv")
        ? csv(CsvType.of(contentType), body)
        : json(body);
  }

  private List<RequestRow> json(byte[] body) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      return new JsonRequest(parser, encoder, words).rows();
    } catch (JacksonException e) {
      throw new UserException(WHERE + " is not JSON: " + JsonSyntax.explain(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<RequestRow> csv(CsvType type, byte[] body) {
    InputStream csv = new ByteArrayInputStream(body);
    RowReader table =
        type.hasHeader()
            ? RowReader.open(csv, WHERE, type.of(schema))
            : RowReader.withoutHeader(csv, WHERE, type.of(schema));
    List<RequestRow> rows = new ArrayList<>();
    RawCells cells = null;
    for (RowBatch batch = table.next(); batch != null; batch = table.next()) {
      cells = cells == null ? new RawCells(table) : cells; // when the decimal sign is known
      for (int row = 0; row < batch.rows(); row++) {
        @Nullable String[] texts = new String[encoder.columns().size()];
        cells.read(
            batch,
            row,
            (column, utf8, from, to) ->
                texts[column] = new String(utf8, from, to - from, StandardCharsets.UTF_8));
        rows.add(new RequestRow(table.isNumbered() ? null : batch.identifier(row), texts));
      }
    }
    table.requireValidRows(0, "");
    return rows;
  }
}
