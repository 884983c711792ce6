package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.table.CsvWriter;
import dev.propensity.tasks.serve.http.AcceptHeader;
import dev.propensity.tasks.serve.http.JsonText;
import dev.propensity.tasks.serve.model.ServedModel;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/** Writes predictions in the format that the client requested. */
enum ResponseFormat {
  JSON("application/json", "application/json") {
    @Override
    byte[] bytes(ServedModel served, RowScores scores) {
      StringBuilder out = new StringBuilder(128 + ROW * scores.rows());
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
      out.append(']');
      append(out, scores.report());
      return out.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    // The headers contain the same, but Amazon SageMaker does not forward them.
    private void append(StringBuilder out, ReadingReport report) {
      if (report.csv() != null) {
        out.append(",\"csv\":");
        JsonText.append(out, report.csv());
      }
      if (report.numbered()) {
        out.append(",\"identifier\":\"row\"");
      }
      if (report.duplicates() > 0) {
        out.append(",\"duplicates\":").append(report.duplicates());
      }
      if (!report.unseen().isEmpty()) {
        append(out, report.unseen());
      }
    }

    private void append(StringBuilder out, UnseenCategories unseen) {
      out.append(",\"unseen\":");
      char separator = '{';
      for (Map.Entry<String, Long> column : unseen.counts().entrySet()) {
        out.append(separator);
        JsonText.append(out, column.getKey());
        out.append(':').append(column.getValue());
        separator = ',';
      }
      out.append('}');
      if (!unseen.doubtful().isEmpty()) {
        out.append(",\"doubtful\":");
        separator = '[';
        for (String column : unseen.doubtful()) {
          out.append(separator);
          JsonText.append(out, column);
          separator = ',';
        }
        out.append(']');
      }
      if (!unseen.lookAlikes().isEmpty()) {
        out.append(",\"look_alikes\":");
        separator = '{';
        for (Map.Entry<String, SortedMap<String, String>> column : unseen.lookAlikes().entrySet()) {
          out.append(separator);
          JsonText.append(out, column.getKey());
          out.append(':');
          append(out, column.getValue());
          separator = ',';
        }
        out.append('}');
      }
    }

    private void append(StringBuilder out, SortedMap<String, String> words) {
      char separator = '{';
      for (Map.Entry<String, String> word : words.entrySet()) {
        out.append(separator);
        JsonText.append(out, word.getKey());
        out.append(':');
        JsonText.append(out, word.getValue());
        separator = ',';
      }
      out.append('}');
    }
  },
  CSV("text/csv", "text/csv;charset=utf-8") {
    @Override
    byte[] bytes(ServedModel served, RowScores scores) {
      CsvWriter out = new CsvWriter(128 + ROW * scores.rows());
      out.cell("id").cell("score").cell("label").end();
      for (int row = 0; row < scores.rows(); row++) {
        float score = scores.score(row);
        out.cell(scores.identifier(row)).cell(Float.toString(score));
        out.cell(String.valueOf(served.label(score))).end();
      }
      return Arrays.copyOf(out.bytes(), out.length());
    }
  };

  private static final int ROW = 48;

  private final String range;
  private final String type;

  ResponseFormat(String range, String type) {
    this.range = range;
    this.type = type;
  }

  abstract byte[] bytes(ServedModel served, RowScores scores);

  /** The media type, for the header. */
  String type() {
    return type;
  }

  /** The format preferred by the request's Accept header; JSON by default. */
  static ResponseFormat accepted(Context context) {
    return AcceptHeader.choose(context, JSON.range, CSV.range).equals(CSV.range) ? CSV : JSON;
  }
}
