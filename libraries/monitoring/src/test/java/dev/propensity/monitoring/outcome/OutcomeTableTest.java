package dev.propensity.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.table.SourceFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTableTest {
  private static final Instant RECEIVED = Instant.parse("2026-03-20T08:00:00Z");
  private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";

  private static DatasetSpec spec(String sections) {
    return DatasetSpec.parse(
        """
        name: toys
        title: Who buys the toy?
        source: toys.csv
        identifier: id
        label: {column: bought, positive: "yes", negative: "no"}
        features:
          - {name: age, kind: number, minimum: 0}
        offer: {gain: 5, cost: 1}
        """
            + sections,
        "toys.yaml");
  }

  private final List<OutcomeRow> rows = new ArrayList<>();

  private OutcomeTable.Result read(String sections, String csv) {
    DatasetSpec spec = spec(sections);
    OutcomeForm form =
        new OutcomeForm(spec.identifier(), spec.label(), Objects.requireNonNull(spec.outcomes()));
    StoredIdentifiers identifiers = StoredIdentifiers.of(spec, Optional.of(KEY));
    return new OutcomeTable(form, spec.invalidRows(), identifiers, RECEIVED)
        .read(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
            SourceFormat.CSV,
            "answers.csv",
            rows::add);
  }

  private static final String PLAIN = "capture: {identifier: plain}\n";

  @Test
  void readsColumnsInAnyOrderAndIgnoresOthers() {
    OutcomeTable.Result result =
        read(
            PLAIN + "outcomes: {contacted: called}",
            "x;time;called;bought;id\n1;2026-03-11;1;yes;a\n2;;no;;b\n3;2026-03-21;TRUE;no;c\n");

    assertThat(rows)
        .containsExactly(
            new OutcomeRow("a", (byte) 1, 1_773_187_200_000L, (byte) 1),
            new OutcomeRow("b", OutcomeRow.UNKNOWN, OutcomeRow.NO_TIME, (byte) 0),
            new OutcomeRow("c", (byte) 0, 1_774_051_200_000L, (byte) 1));
    assertThat(result.rows()).isEqualTo(3);
    assertThat(result.unlabeled()).isEqualTo(1);
    assertThat(result.isTimed()).isTrue();
    assertThat(result.errors().rows()).isZero();
  }

  @Test
  void storesTheHmacOfIdentifiersUnlessTheyAreCapturedAsTheyAre() {
    assertThat(read("outcomes: {}", "id,bought\na,yes\n").isTimed()).isFalse();
    assertThat(rows.get(0).identifier()).matches("[0-9a-f]{64}");
    read(PLAIN + "outcomes: {}", "id,bought\na,yes\n");
    assertThat(rows.get(1).identifier()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ,2026-03-11,1,yes            | 'id'
          a,the 11th,1,yes             | not a date or a time by ISO 8601
          a,2026-04-11,1,yes           | in the future
          a,2026-03-11,perhaps,yes     | must be 1 or 0: whether the customer was contacted
          a,2026-03-11,,yes            | must be 1 or 0: whether the customer was contacted
          a,2026-03-11,1,maybe         | 'bought'
          a,2026-03-11,1               | 3 cells where the header has 4
          """)
  void rejectsAnInvalidRowWithItsLine(String row, String error) {
    String csv = "id,time,called,bought\nz,2026-03-10,1,no\n" + row + "\n";
    assertThatThrownBy(() -> read(PLAIN + "outcomes: {contacted: called}", csv))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("answers.csv")
        .hasMessageContaining("line 3")
        .hasMessageContaining(error);
  }

  @Test
  void leavesOutInvalidRowsUpToTheShareOfTheSpecification() {
    OutcomeTable.Result result =
        read(
            PLAIN + "outcomes: {}\ninvalid_rows: {quarantine_up_to: 0.5}",
            "id,bought\na,yes\nb,maybe\n");
    assertThat(rows).extracting(OutcomeRow::identifier).containsExactly("a");
    assertThat(result.errors().rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id,time         | the column 'bought' is missing; outcomes have the columns id, bought, time
          name,time       | the columns 'id', 'bought' are missing
          id,bought,id    | the column 'id' is there twice
          """)
  void rejectsAHeaderWithoutItsColumns(String header, String error) {
    assertThatThrownBy(() -> read(PLAIN + "outcomes: {}", header + "\na,b,c\n"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("answers.csv, line 1: ")
        .hasMessageContaining(error);
  }

  @Test
  void rejectsATableWithoutRows() {
    assertThatThrownBy(() -> read(PLAIN + "outcomes: {}", "id,bought\n"))
        .isInstanceOf(UserException.class)
        .hasMessage("answers.csv has a header and no rows");
  }

  @Test
  void rejectsIdentifiersThatCannotBeJoined() {
    assertThatThrownBy(() -> StoredIdentifiers.of(spec("outcomes: {}\n"), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("capture.identifier is hmac, which needs a key");
    assertThatThrownBy(
            () ->
                StoredIdentifiers.of(
                    spec("capture: {identifier: none}\noutcomes: {}\n"), Optional.of(KEY)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("capture.identifier is none");
  }
}
