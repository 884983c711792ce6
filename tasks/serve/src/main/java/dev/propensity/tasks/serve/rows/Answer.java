package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.CsvCell;
import dev.propensity.tasks.serve.http.JsonText;
import dev.propensity.tasks.serve.model.ServedModel;
import java.nio.charset.StandardCharsets;

/** Writes predictions in the form that the client asked for. */
enum Answer {
  JSON("application/json") {
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
  CSV("text/csv;charset=utf-8") {
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

  private final String type;

  Answer(String type) {
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

  /** What this Accept header asks for: CSV where that is named before JSON, else JSON. */
  static Answer accepted(String header) {
    if (header != null) {
      int csv = header.indexOf("text/csv");
      int json = header.indexOf("application/json");
      if (csv >= 0 && (json < 0 || csv < json)) {
        return CSV;
      }
    }
    return JSON;
  }
}
