package dev.propensity.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid tables, each with one clear message. */
class InvalidTableTest {
  private static final String HEADER = "id,age,plan,paid,note,renewed\n";
  private static final String SPEC =
      """
      name: phones
      title: Who renews?
      source: phones.csv
      identifier: id
      label: {column: renewed, positive: yes, negative: no}
      features:
        - {name: age, kind: number, minimum: 18, maximum: 99}
        - {name: plan, kind: category, values: [S, L], missing: true}
        - {name: paid, kind: boolean, values: [no, yes]}
      offer: {gain: 30, cost: 2}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "x,40,S,no,,no,1  | the row is 'x,40,…': 7 cells where the header has 6",
        "x,40             | the row is 'x,40,…': 2 cells where the header has 6",
        "x,old,S,no,,no   | age is 'old': not a number",
        "x,1f,S,no,,no    | age is '1f': not a number",
        "x,0x1p5,S,no,,no | age is '0x1p5': not a number",
        "x,1e,S,no,,no    | age is '1e': not a number",
        "x,4 0,S,no,,no | age is '4 0': not a number",
        "x,NaN,S,no,,no   | age is 'NaN': not a finite number; if it means a missing value, list it in missing_values",
        "x,-inf,S,no,,no  | age is '-inf': not a finite number",
        "x,Infinity,S,no,,no | age is 'Infinity': not a finite number",
        "x,17.9,S,no,,no  | age is '17.9': below 18",
        "x,99.1,S,no,,no  | age is '99.1': above 99",
        "x,1e999,S,no,,no | age is '1e999': not a number",
        "x,,S,no,,no      | age is empty: value is missing",
        "x,40,M,no,,no    | plan is 'M': must be one of S, L",
        "x,40,S,maybe,,no | paid is 'maybe': must be one of no, yes",
        "x,40,S,,,no      | paid is empty: value is missing",
        "x,40,S,no,,No    | renewed is 'No': the label must be 'yes' or 'no'; did you mean 'no'? Write it as in the specification",
        "x,40,S,no,,      | renewed is empty: the label must be 'yes' or 'no'",
        ",40,S,no,,no     | id is empty: identifier is missing",
        "k3,40,S,no,,no   | id is 'k3': duplicate of line 4",
      })
  void rejectsAnInvalidRowByLineColumnValueAndRule(String row, String message) {
    assertThatThrownBy(() -> run(HEADER + valid(100) + row + "\n"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("rows.csv: 1 of 101 rows are invalid\nline 102, " + message + "\n")
        .hasMessageEndingWith(
            "fix them, or set invalid_rows.quarantine_up_to to quarantine a share of the rows");
  }

  @Test
  void reportsTheFirstTenAndTheCountOfEachKind() {
    String rows = "x,old,S,no,,no\n".repeat(12) + "y,17,S,no,,no\n".repeat(3);
    Throwable rejection = catchThrowable(() -> run(HEADER + valid(100) + rows));
    assertThat(rejection.getMessage().lines())
        .hasSize(14)
        .startsWith("rows.csv: 15 of 115 rows are invalid", "line 102, age is 'old': not a number")
        .contains("line 111, age is 'old': not a number", "and 5 more")
        .contains("text in a number: 12; number out of range: 3");
  }

  @Test
  void countsLinesOfTheFileThoughCellsHoldLineBreaks() {
    String rows = "a,40,S,no,\"one\ntwo\r\nthree\",no\nx,old,S,no,,no\n";
    assertThatThrownBy(() -> run(HEADER + rows)).hasMessageContaining("line 5, age is 'old'");
  }

  @Test
  void quarantinesInvalidRowsUpToTheShare() throws Exception {
    String rows = "x,old,S,no,\"a, b\",no\nk3,40,S,no,,no\ny,1\n";
    DataReport report =
        run(HEADER + valid(300) + rows, SPEC + "invalid_rows: {quarantine_up_to: 0.01}\n");
    assertThat(report.quarantined().values()).containsOnly(1L).hasSize(3);
    assertThat(Files.readString(folder.resolve("quarantine.csv")))
        .isEqualTo(
            """
            line,reason,row
            302,age is 'old': not a number,"x,old,S,no,""a, b"",no"
            303,id is 'k3': duplicate of line 4,"k3,40,S,no,,no"
            304,"the row is 'y,1,…': 2 cells where the header has 6","y,1"
            """);
    assertThat(Files.readString(folder.resolve("report.html"))).contains("quarantine.csv");
  }

  @Test
  void rejectsMoreInvalidRowsThanTheShare() {
    String rows = "x,old,S,no,,no\n".repeat(4);
    assertThatThrownBy(
            () ->
                run(HEADER + valid(300) + rows, SPEC + "invalid_rows: {quarantine_up_to: 0.01}\n"))
        .hasMessageEndingWith("more than invalid_rows.quarantine_up_to allows: 0.01");
  }

  @Test
  void rejectsATableWithoutRows() {
    assertThatThrownBy(() -> run(""))
        .hasMessage("rows.csv is empty: a CSV with a header line is expected");
    assertThatThrownBy(() -> run("\n\n"))
        .hasMessage("rows.csv is empty: a CSV with a header line is expected");
    assertThatThrownBy(() -> run(HEADER)).hasMessage("rows.csv has a header and no rows");
  }

  @Test
  void rejectsATableThatCannotBeSplit() {
    assertThatThrownBy(() -> run(HEADER + valid(3)))
        .hasMessageContaining("too few rows to split: of its 3 rows (1 positive) the");
    assertThatThrownBy(() -> run(HEADER + valid(100).replace("yes\n", "no\n")))
        .hasMessage(
            "rows.csv: the label renewed is 'no' in every row; a model needs both 'yes' and 'no'");
    assertThatThrownBy(() -> run(HEADER + valid(100).replace("no\n", "yes\n")))
        .hasMessageContaining("the label renewed is 'yes' in every row");
  }

  @Test
  void rejectsACategoryThatIsNone() {
    StringBuilder rows = new StringBuilder("id,age,plan,paid,renewed,name\n");
    for (int i = 0; i < 50_002; i++) {
      rows.append(i + ",40,S,no,no,n" + i + "\n");
    }
    String spec = SPEC.replace("offer:", "  - {name: name, kind: category}\noffer:");
    assertThatThrownBy(() -> run(rows.toString(), spec))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the column name has more than 50000 distinct values");
  }

  @Test
  void rejectsMissingAndDuplicateColumns() {
    String columns = "rows.csv, line 1: ";
    String scored =
        " (rows without it can only be scored: make predict, or download --policy scoring)";
    assertThatThrownBy(() -> run("id,age,plan,paid,renewed,age\n"))
        .isInstanceOf(TableRejectedException.class)
        .hasMessage(columns + "duplicate column: 'age': rename or remove one");
    assertThatThrownBy(() -> run("Id,age,paid\n"))
        .hasMessage(
            columns + "missing columns: 'id' (there is 'Id'), 'renewed'" + scored + ", 'plan'");
    assertThatThrownBy(() -> run("Id,renewed,age,age,plan,paid\n"))
        .hasMessage(
            columns
                + "missing column: 'id' (there is 'Id'); duplicate column: 'age': rename or remove"
                + " one");
    assertThatThrownBy(() -> run("id,age,plan,paid\n"))
        .hasMessage(columns + "missing column: 'renewed'" + scored);
    assertThatThrownBy(() -> run("age,plan,paid,renewed\n"))
        .hasMessage(columns + "missing column: 'id' (there is 'paid')");
    assertThatThrownBy(() -> run("age,plan,renewed,since\n"))
        .hasMessageContaining("'id' (a table without one has identifier: row)");
  }

  @Test
  void namesTenOfManyMissingColumns() {
    String spec = SPEC.replace("offer:", "  - {name: 'var_{0..199}', kind: number}\noffer:");
    Throwable rejection = catchThrowable(() -> run("id,renewed,age,plan,paid\n1\n", spec));
    String first =
        IntStream.range(0, 10)
            .mapToObj(i -> "'var_" + i + "'")
            .collect(
                Collectors.joining(", ", "rows.csv, line 1: missing columns: ", " and 190 more"));
    assertThat(rejection).hasMessage(first);
    assertThat(rejection)
        .isInstanceOfSatisfying(
            TableRejectedException.class,
            table -> {
              assertThat(table.count()).isEqualTo(200);
              assertThat(table.errors()).hasSize(10);
              assertThat(table.summary()).isEqualTo(first);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "|", "\t", ","})
  void readsEverySeparator(String separator) {
    assertThat(rows(run((HEADER + valid(100)).replace(",", separator)))).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void rejectsUtf16(String charset) {
    assertThatThrownBy(() -> run((HEADER + valid(3)).getBytes(Charset.forName(charset)), SPEC))
        .hasMessage("rows.csv is in UTF-16: save it as UTF-8");
  }

  @Test
  void rejectsWhatIsNoText() {
    String rows = HEADER + valid(50) + "x,40,S,no,ä,no\n";
    assertThatThrownBy(() -> run(rows.getBytes(StandardCharsets.ISO_8859_1), SPEC))
        .isInstanceOf(UserException.class)
        .hasMessage("rows.csv, line 52: not UTF-8; save the table as CSV in UTF-8");
    assertThatThrownBy(() -> run(new byte[] {0x1F, (byte) 0x8B, 8, 0}, SPEC))
        .hasMessage("rows.csv is compressed by gzip; decompress it first");
  }

  @Test
  void rejectsBrokenQuotesByTheLineOnWhichTheyOpen() {
    assertThatThrownBy(() -> run(HEADER + "a,40,S,no,\"open,no\n" + valid(3)))
        .isInstanceOf(UserException.class)
        .hasMessage("rows.csv, line 2: the quote that opens here is never closed");
    assertThatThrownBy(() -> run(HEADER + "a,40,S,no,\"shut\"x,no\n"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "rows.csv, line 2: text after a closing quote; within a quoted cell, write a quote"
                + " twice");
  }

  @Test
  void takesAByteOrderMarkCarriageReturnsAndEmptyLines() {
    String rows = "\uFEFF" + HEADER + "\n" + valid(100) + "\n";
    assertThat(rows(run(rows.replace("\n", "\r\n")))).isEqualTo(100);
  }

  private static long rows(DataReport report) {
    return report.rows().values().stream().mapToLong(Long::longValue).sum();
  }

  private DataReport run(String rows) {
    return run(rows, SPEC);
  }

  private DataReport run(String rows, String spec) {
    return run(rows.getBytes(StandardCharsets.UTF_8), spec);
  }

  private DataReport run(byte[] rows, String spec) {
    return Preprocessing.run(
        new ByteArrayInputStream(rows), "rows.csv", DatasetSpec.parse(spec, "spec.yaml"), folder);
  }

  private static String valid(int rows) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= rows; i++) {
      text.append("k" + i + "," + (18 + i % 80) + ",S,no,," + (i % 3 == 0 ? "yes" : "no") + "\n");
    }
    return text.toString();
  }
}
