package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.CsvCell;
import dev.propensity.tasks.serve.http.AcceptHeader;
import dev.propensity.tasks.serve.http.JsonText;
import dev.propensity.tasks.serve.model.ServedModel;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Writes predictions in the form that the client asked for. */
enum Answer {
  JSON("application/json", "application/json") {
    @Override
    void write(ServedModel served, Scores scores, StringBuilder out) {
      out.append("{\"model\":");
      JsonText.append(out, served.title());
      out.append(",\"predictions\":");
      char separator = '[';
      for (int row = 0; row < scores.rows(); row++) {
        out.append(separator).append("{\"id\":");
        JsonText.append(out, scores.identifier(row));
        out.append(",\"score\":").append(scores.score(row));
        out.append(",\"label\":").append(served.label(scores.score(row))).append('}');
        separator = ',';
      }
      out.append("]}\n");
    }
  },
  CSV("text/csv", "text/csv;charset=utf-8") {
    @Override
    void write(ServedModel served, Scores scores, StringBuilder out) {
      out.append("id,score,label\n");
      for (int row = 0; row < scores.rows(); row++) {
        CsvCell.append(out, scores.identifier(row));
        out.append(',').append(scores.score(row));
        out.append(',').append(served.label(scores.score(row))).append('\n');
      }
    }
  };

  private static final int ROW = 48;

  private final String range;
  private final String type;

  Answer(String range, String type) {
    this.range = range;
    this.type = type;
  }

  abstract void write(ServedModel served, Scores scores, StringBuilder out);

  /** The media type, for the header. */
  String type() {
    return type;
  }

  byte[] bytes(ServedModel served, Scores scores) {
    StringBuilder out = new StringBuilder(128 + ROW * scores.rows());
    write(served, scores, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The form that the request's Accept header prefers; JSON by default. */
  static Answer accepted(Context context) {
    return AcceptHeader.choose(context, JSON.range, CSV.range).equals(CSV.range) ? CSV : JSON;
  }
}
