package dev.propensity.tasks.serve.page;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.model.Model;
import dev.propensity.table.CsvWriter;
import dev.propensity.tasks.serve.model.ServedModel;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/sample.csv}: the model's sample rows as a file that can be uploaded. */
public final class SampleCsv {
  private static final int ROWS = 10;

  private SampleCsv() {}

  /**
   * Returns the header and at most 10 rows as an attachment.
   *
   * @param served the model whose rows are returned
   */
  public static void answer(Context context, ServedModel served) {
    context.header(
        "Content-Disposition", "attachment; filename=\"" + served.name() + "-sample-rows.csv\"");
    context.contentType("text/csv;charset=utf-8").result(text(served.model()));
  }

  static String text(Model model) {
    Encoder encoder = model.encoder();
    CsvWriter out = new CsvWriter(4096);
    out.cell(encoder.identifier());
    for (Encoder.Feature feature : encoder.columns()) {
      out.cell(feature.column().name());
    }
    out.end();
    List<Model.SampleRow> samples = model.samples();
    for (int row = 0; row < Math.min(ROWS, samples.size()); row++) {
      Map<String, String> cells = samples.get(row).row();
      out.cell("sample_" + row);
      for (Encoder.Feature feature : encoder.columns()) {
        out.cell(cells.getOrDefault(feature.column().name(), ""));
      }
      out.end();
    }
    return out.text();
  }
}
