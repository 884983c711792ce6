package dev.propensity.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.table.SourceFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Errors in a table that was not written as CSV. */
class SourceFormatTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: people
          title: Who answers?
          source: people.parquet
          identifier: id
          label: {column: "y", positive: 1, negative: 0}
          features:
            - {name: word, kind: category}
            - {name: age, kind: number}
          offer: {gain: 10, cost: 3}
          """,
          "people.yaml");

  /** Rows by their number. */
  private static final class Rows implements SourceFormat {
    @Override
    public boolean hasLines() {
      return false;
    }

    @Override
    public String record(long number) {
      return "row " + number;
    }

    @Override
    public String records(long first, long second) {
      return "rows " + first + " and " + second;
    }

    @Override
    public String header(long line) {
      return "";
    }

    @Override
    public Optional<String> missing(String column) {
      return column.equals("age") ? Optional.of("the column is a list") : Optional.empty();
    }
  }

  @Test
  void namesRowsByTheirNumberThoughTheirTextHasLineBreaks() {
    RowReader rows =
        open("id,word,age,y\n1,\"a\nb\",x,1\n2,\"a\nb\",30,0\n1,b,40,1\n4,c,,0\n", SPEC);
    List<Long> lines = new ArrayList<>();
    rows.reportingErrors(error -> lines.add(error.line()));
    readAll(rows);
    assertThat(lines).containsExactly(1L, 4L);
    assertThatThrownBy(() -> rows.requireValidRows(0, ""))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("people.parquet: 2 of 4 rows are invalid\nrow 1, age is 'x': not a")
        .hasMessageContaining("\nrow 4, age is empty: ");
  }

  @Test
  void namesTheRowsOfDuplicates() {
    RowReader rows = open("id,word,age,y\n1,\"a\n\n\nb\",20,1\n2,b,30,0\n1,b,40,1\n", SPEC);
    readAll(rows);
    assertThatThrownBy(() -> rows.requireValidRows(0, ""))
        .hasMessageContaining("\nrow 3, id is '1': duplicate of row 1\n");
  }

  @Test
  void countsRowsAcrossBatches() {
    StringBuilder csv = new StringBuilder("id,word,age,y\n");
    for (int i = 1; i <= 60_000; i++) {
      csv.append(i).append(",\"a\nb\",").append(i % 50_000 == 0 ? "x" : "20").append(",1\n");
    }
    RowReader rows = open(csv.toString(), SPEC);
    readAll(rows);
    assertThatThrownBy(() -> rows.requireValidRows(0, "")).hasMessageContaining("\nrow 50000, age");
  }

  @Test
  void saysWhyTheSourcesColumnIsNotThere() {
    assertThatThrownBy(() -> open("id,word,y\n1,a,1\n", SPEC))
        .isInstanceOf(UserException.class)
        .hasMessage("people.parquet: missing column: 'age' (the column is a list)");
    assertThatThrownBy(() -> open("id,Word,age,y\n1,a,20,1\n", SPEC))
        .hasMessage("people.parquet: missing column: 'word' (there is 'Word')");
  }

  private static RowReader open(String csv, DatasetSpec spec) {
    RowSchema schema = RowSchema.checking(spec, RowPolicy.TRAINING);
    return RowReader.open(Tables.stream(csv), "people.parquet", schema, new Rows());
  }

  private static void readAll(RowReader rows) {
    while (rows.next() != null) {
      // until its end
    }
  }
}
