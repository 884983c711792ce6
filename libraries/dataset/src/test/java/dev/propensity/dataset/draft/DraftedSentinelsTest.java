package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.profile.ColumnReport;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DraftedSentinelsTest {
  private static final int ROWS = 1_000;

  /** Customers: every 20th age and every 10th count of months is unknown; -1 is a real balance. */
  private static String customers() {
    StringBuilder csv = new StringBuilder("id,age,months,balance,has_car,region_code,bought\n");
    for (int row = 0; row < ROWS; row++) {
      String age = row % 20 == 3 ? (row % 40 == 3 ? "-999" : "-999.0") : "" + (18 + row % 60);
      String months = row % 10 == 1 ? "-1" : "" + row % 24;
      String car = row % 50 == 7 ? "-9" : "" + row / 3 % 2;
      String region = row % 9 == 0 ? "999" : "" + row % 13;
      csv.append(
          String.join(
              ",",
              "k" + row,
              age,
              months,
              "" + (row % 100 - 1),
              car,
              region,
              row % 7 == 2 ? "yes" : "no"));
      csv.append('\n');
    }
    return csv.toString();
  }

  @Test
  void readsNumbersThatMeanAMissingValueAsOneInTheirColumnsOnly() throws IOException {
    String csv = customers();
    SpecDraft draft = Drafts.of(csv);
    assertThat(Drafts.column(draft, "age").missing()).isEqualTo(50);
    assertThat(Drafts.column(draft, "age").missingValues()).containsExactly("-999", "-999.0");
    assertThat(Drafts.column(draft, "months").missing()).isEqualTo(100);
    assertThat(Drafts.column(draft, "months").missingValues()).containsExactly("-1");
    assertThat(Drafts.column(draft, "balance").missingValues()).isEmpty();
    assertThat(Drafts.column(draft, "has_car").kind()).isEqualTo(ColumnKind.BOOLEAN);
    assertThat(Drafts.column(draft, "has_car").missingValues()).containsExactly("-9");
    assertThat(Drafts.column(draft, "region_code").kind()).isEqualTo(ColumnKind.CATEGORY);
    assertThat(Drafts.column(draft, "region_code").missingValues()).isEmpty();
    assertThat(draft.commonMissingValues()).isEmpty();
    assertThat(draft.spec().columns()).filteredOn(Column::missing).hasSize(3);
    DataReport report = Drafts.preprocess(() -> Tables.stream(csv), draft);
    assertThat(missing(report, "age")).isEqualTo(50);
    assertThat(missing(report, "months")).isEqualTo(100);
    assertThat(missing(report, "balance")).isZero();
    assertThat(missing(report, "has_car")).isEqualTo(20);
  }

  @Test
  void saysSoInACommentAndAWarning() throws IOException {
    SpecDraft draft = Drafts.of(customers());
    assertThat(draft.yaml(LearnerDraft.DEFAULT))
        .contains(
            "    kind: number  # CHECK: -999 is read as a missing value\n"
                + "    minimum: 0  # by the name, and no number is below 0\n"
                + "    missing: true  # in 50 rows\n"
                + "    missing_values: [\"-999\", \"-999.0\"]\n");
    assertThat(draft.findings().warnings())
        .containsExactly(
            "age: -999 is read as a missing value, being far from all other values or the only"
                + " negative one; if it is a number, delete it from missing_values",
            "months: -1 is read as a missing value, being far from all other values or the only"
                + " negative one; if it is a number, delete it from missing_values",
            "has_car: -9 is read as a missing value, being far from all other values or the only"
                + " negative one; if it is a number, delete it from missing_values");
  }

  @Test
  void warnsOnceOfManyColumns() throws IOException {
    StringBuilder csv = new StringBuilder("a,b,c,d,e,y\n");
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < 5; column++) {
        csv.append(row % 11 == column ? "-99" : "" + row * (column + 3) % 17).append(',');
      }
      csv.append(row % 7 == 2 ? "1" : "0").append('\n');
    }
    assertThat(Drafts.of(csv.toString()).findings().warnings())
        .singleElement()
        .asString()
        .startsWith("a, b, c and 2 more: -99 is read as a missing value");
  }

  @Test
  void findsALeakOfTheRowsThatLackTheValue() throws IOException {
    StringBuilder csv = new StringBuilder("days,other,y\n");
    for (int row = 0; row < ROWS; row++) {
      boolean positive = row % 5 == 2;
      csv.append((positive ? "" + row % 40 : "999") + "," + row % 37 + "," + (positive ? 1 : 0));
      csv.append('\n');
    }
    SpecDraft draft = Drafts.of(csv.toString());
    assertThat(draft.findings().leaks()).hasSize(1).first().asString().startsWith("days: ");
    assertThat(draft.findings().warnings()).isEmpty();
  }

  private static long missing(DataReport report, String name) {
    List<ColumnReport> found =
        report.columns().stream().filter(column -> column.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0).splits().values().stream()
        .map(Objects::requireNonNull)
        .mapToLong(ColumnReport.SplitReport::missing)
        .sum();
  }
}
