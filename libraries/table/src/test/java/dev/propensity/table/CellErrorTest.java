package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CellErrorTest {
  @Test
  void isOneLineThatNamesLineColumnValueAndRule() {
    assertThat(new CellError(4, "age", "x", "not a number").text())
        .isEqualTo("line 4, age is 'x': not a number");
    assertThat(new CellError(4, "age", "", "value is missing").text())
        .isEqualTo("line 4, age is empty: value is missing");
    assertThat(new CellError(4, "age", "a\r\nb", "not a number").withoutLine())
        .isEqualTo("age is 'a\\r\\nb': not a number");
  }

  @Test
  void cutsALongValue() {
    CellError error = new CellError(4, "age", "x".repeat(100), "not a number");
    assertThat(error.shortened().value()).isEqualTo("x".repeat(60) + "…");
    assertThat(error.shortened().shortened().text())
        .isEqualTo("line 4, age is '" + "x".repeat(60) + "…': not a number");
    assertThat(new CellError(4, "age", "x".repeat(60), "r").shortened().value()).hasSize(60);
  }

  @Test
  void aCellsTextReplacesAndCountsItsCharacters() {
    byte[] bytes = "1,5,ü;".getBytes(StandardCharsets.UTF_8);
    CsvCells cells = new CsvCells("t.csv", ';');
    cells.open(Records.chunks(bytes, 9, 20).next());
    cells.nextRecord();
    cells.cell();
    CellText text = new CellText("t.csv");
    text.set(cells);
    assertThat(text.count(',')).isEqualTo(2);
    text.replace(',', '.');
    assertThat(text.string()).isEqualTo("1.5.ü");
    assertThat(text.length()).isEqualTo(5);
    assertThat(text.chars()).startsWith('1', '.', '5', '.', 'ü');
  }
}
