package dev.propensity.monitoring.profile;

import static dev.propensity.monitoring.profile.CapturedRows.BASELINE;
import static dev.propensity.monitoring.profile.CapturedRows.COLUMNS;
import static dev.propensity.monitoring.profile.CapturedRows.ENCODER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.monitoring.profile.CapturedRows.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncodedRowsTest {
  private static final List<Row> ROWS =
      List.of(
          row(1, "20", "a", "s", "2026-03-04"),
          row(2, "30", "b", "l", ""),
          row(3, "", "c", "s", "2026-09-04"),
          row(4, "99", "", "l", "1999-12-31"));

  private static Row row(int number, String... cells) {
    return new Row("request", number, "2026-11-29T13:00:05Z", 0.3f, cells);
  }

  @Test
  void countsEncodedRowsAsCapturedCells() {
    ProfileBuilder captured = CapturedRows.builder();
    CapturedRows.add(captured, "segment", ROWS.toArray(Row[]::new));
    EncodedRows all = counted(ROWS);

    assertThat(json(all)).isEqualTo(json(captured.build().columns()));
    assertThat(all.columns().get("age").missing()).isEqualTo(1);
    assertThat(all.columns().get("age").bins()).containsExactly(1, 1, 1); // below 30, 40, from 40
    assertThat(all.columns().get("town").unseen()).isEqualTo(1);
    assertThat(all.columns().get("born_month").bins()).containsExactly(1, 2); // July begins
  }

  @Test
  void addsCounts() {
    EncodedRows sum = counted(ROWS.subList(0, 1));
    sum.add(counted(ROWS.subList(1, 4)));

    assertThat(json(sum)).isEqualTo(json(counted(ROWS)));
  }

  private static EncodedRows counted(List<Row> rows) {
    int width = ENCODER.features().size();
    float[] values = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      Map<String, String> cells = new HashMap<>();
      for (int column = 0; column < COLUMNS.size(); column++) {
        cells.put(COLUMNS.get(column), rows.get(row).cells()[column]);
      }
      ENCODER.encode(cells, values, row * width);
    }
    EncodedRows counts = new EncodedRows(ENCODER, BASELINE);
    counts.add(values);
    return counts;
  }

  private static String json(EncodedRows rows) {
    return json(rows.columns());
  }

  private static String json(Map<String, ColumnProfile> columns) {
    return CanonicalJson.text(columns);
  }
}
