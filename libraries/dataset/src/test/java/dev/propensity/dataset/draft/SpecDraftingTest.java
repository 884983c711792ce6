package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.features.Folds;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecDraftingTest {
  private static final int ROWS = 400;

  /** A table of rows with an identifier, a label and a number, and one more column. */
  private static String table(String name, IntFunction<String> cell) {
    StringBuilder csv = new StringBuilder("id,amount," + name + ",bought\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(
          "k" + row + "," + row * 7 % 1009 + "," + cell.apply(row) + "," + bought(row) + "\n");
    }
    return csv.toString();
  }

  private static String bought(int row) {
    return row % 10 == 3 ? "yes" : "no";
  }

  private static IntFunction<String> oneOf(String words) {
    String[] all = words.split(" ");
    return row -> all[row / 3 % all.length].replace('_', ' ').replace("''", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score    | 1 2 3 4 5              | NUMBER   | ",
        "score    | 1.5 2.25 -3            | NUMBER   | ",
        "code     | 1 2 3 4 5              | CATEGORY | ",
        "spot     | 28.0 3.0 7.0           | CATEGORY | ",
        "age      | 28.0 33.0 47.0         | NUMBER   | ",
        "spot     | 007 012 100            | CATEGORY | ",
        "active   | yes no                 | BOOLEAN  | [no, yes]",
        "active   | 1 0                    | BOOLEAN  | [0, 1]",
        "active   | True False             | BOOLEAN  | [False, True]",
        "state    | churned not_churned    | BOOLEAN  | [not churned, churned]",
        "gender   | Male Female            | BOOLEAN  | [Female, Male]",
        "part     | 10 9                   | BOOLEAN  | [9, 10]",
        "color   | red green blue         | CATEGORY | ",
        "income   | high low medium        | ORDINAL  | [low, medium, high]",
        "vehicle  | >_2_Years <_1_Year 1-2_Year | ORDINAL | [< 1 Year, 1-2 Year, > 2 Years]",
        "joined   | 2024-01-31 2023-12-24 2024-02-01          | DATE | [iso]",
        "joined   | 2024-01-31T10:00:00Z 2023-12-24 2024-02-01 | DATE | [iso]",
        "joined   | 31.01.2024 24.12.2023 1.2.2024            | DATE | [d.M.yyyy]",
        "joined   | 31/01/2024 24/12/2023                     | DATE | [dd/MM/yyyy]",
        "joined   | 1/31/2024_9:05 12/24/2023_10:15           | DATE | [M/d/yyyy H:mm]",
        "join_date | 20240131 20231224 20240201               | DATE | [yyyyMMdd]",
        "serial   | 20240131 20231224 20240201                | NUMBER | ",
        "years    | 10+ 5-9 0-4            | ORDINAL  | [0-4, 5-9, 10+]",
      })
  void findsWhatAColumnIs(String name, String words, ColumnKind kind, String values)
      throws IOException {
    ColumnDraft column = Drafts.column(Drafts.of(table(name, oneOf(words))), name);
    assertThat(column.kind()).isEqualTo(kind);
    assertThat(column.values().toString()).isEqualTo(values == null ? "[]" : values);
    assertThat(column.missing()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score  | 1 2 3 NA         | NUMBER   | [NA]",
        "score  | 1 2 3 ''         | NUMBER   | []",
        "score  | 1.5 - 3 ? 2      | NUMBER   | [-, ?]",
        "color | red green ? blue | CATEGORY | [?]",
        "active | yes no null      | BOOLEAN  | [null]",
        "age    | 34.0 27.0 ''     | BOOLEAN  | []",
        "spot   | 34.0 27.0 1.0 '' | NUMBER   | []",
      })
  void findsMissingValues(String name, String words, ColumnKind kind, String missing)
      throws IOException {
    SpecDraft draft = Drafts.of(table(name, oneOf(words)));
    ColumnDraft column = Drafts.column(draft, name);
    assertThat(column.kind()).isEqualTo(kind);
    assertThat(column.missing()).isPositive();
    assertThat(column.missingValues().toString()).isEqualTo(missing);
    assertThat(draft.spec().columns().get(1).missing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed  | 5            | it is '5' in every row",
        "empty  | ''           | it has no value in any row",
        "money  | €5 €6 €7     | '€5' is not a number; write it without the currency",
        "share  | 5% 6% 7%     | '5%' is not a number; write it without the percent sign",
        "huge   | 1e39 2 3     | it has numbers beyond float32's range",
      })
  void leavesOutAColumnWithAReason(String name, String words, String reason) throws IOException {
    SpecDraft draft = Drafts.of(table(name, oneOf(words)));
    ColumnDraft column = Drafts.column(draft, name);
    assertThat(column.isFeature()).isFalse();
    assertThat(column.note()).isEqualTo(reason);
    assertThat(draft.yaml(LearnerDraft.DEFAULT)).contains("#   " + name + ": " + reason);
  }

  @Test
  void asksForTheFormatOfDatesThatCanBeReadInTwoWays() throws IOException {
    SpecDraft draft = Drafts.of(table("joined", oneOf("01/02/2024 03/04/2024 05/06/2024")));
    assertThat(Drafts.column(draft, "joined").note())
        .isEqualTo("CHECK: is dd/MM/yyyy right, and not MM/dd/yyyy?");
    assertThat(draft.yaml(LearnerDraft.DEFAULT)).contains("formats: [dd/MM/yyyy]");
  }

  @Test
  void leavesOutDatesOfWhichSomeDoNotExist() throws IOException {
    ColumnDraft column =
        Drafts.column(
            Drafts.of(table("joined", row -> row == 7 ? "2024-02-30" : "2024-02-0" + row % 9)),
            "joined");
    assertThat(column.kind()).isNotEqualTo(ColumnKind.DATE);
  }

  @Test
  void leavesOutFreeTextAndASecondIdentifier() throws IOException {
    ColumnDraft text = Drafts.column(Drafts.of(table("note", row -> "called on " + row)), "note");
    assertThat(text.note()).isEqualTo("it has another value in every row");
    ColumnDraft names = Drafts.column(Drafts.of(table("name", row -> "n" + row * 7 % 300)), "name");
    assertThat(names.note()).isEqualTo("it is free text or names: 300 different values");
  }

  @Test
  void leavesOutAColumnThatAloneTellsTheLabel() throws IOException {
    SpecDraft draft =
        Drafts.of(table("contract", row -> bought(row).equals("yes") ? "7" : "" + row % 7));
    assertThat(draft.findings().leaks())
        .containsExactly(
            "contract: the column alone ranks rows by label with an AUC of 1.0000; if it is known"
                + " before the offer, add it with leak_check: off");
    assertThat(Drafts.column(draft, "contract").isFeature()).isFalse();
  }

  @Test
  void readsAFewWordsAmongNumbersAsMissing() throws IOException {
    SpecDraft draft = Drafts.of(table("tenure", row -> row % 100 == 5 ? "new" : "" + row % 60));
    ColumnDraft column = Drafts.column(draft, "tenure");
    assertThat(column.kind()).isEqualTo(ColumnKind.NUMBER);
    assertThat(column.note())
        .isEqualTo("CHECK: numbers in all rows but 4: 'new' is read as a missing value");
    assertThat(draft.yaml(LearnerDraft.DEFAULT)).contains("missing_values: [new]");
  }

  @Test
  void givesANumberABoundOnlyWhereItsNameSaysSo() throws IOException {
    SpecDraft price = Drafts.of(table("price", row -> "" + row % 9));
    assertThat(Drafts.column(price, "price").minimum()).isZero();
    assertThat(price.yaml(LearnerDraft.DEFAULT))
        .contains("    minimum: 0  # by the name, and no number is below 0\n");
    assertThat(Drafts.column(Drafts.of(table("score", row -> "" + row % 9)), "score").minimum())
        .isNull();
    assertThat(
            Drafts.column(Drafts.of(table("price", row -> "" + (row % 9 - 1))), "price").minimum())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "%d.5     | ; | separator=semicolon, decimal=point | ~~",
        "%d,5     | ; | separator=semicolon, decimal=comma | ~~",
        "%d       | ; | separator=semicolon                | ~~",
        "%d.5     | , | separator=comma, decimal=point     | ~~",
        "\"%d,5\" | , | separator=comma, decimal=comma     | ,",
      })
  void saysHowNumbersAreWritten(String number, String separator, String dialect, String decimal)
      throws IOException {
    StringBuilder csv = new StringBuilder("id;x;y\n".replace(";", separator));
    for (int row = 0; row < ROWS; row++) {
      String cell = number.replace("%d", "" + row % 13);
      csv.append(row + separator + cell + separator + row % 2 + "\n");
    }
    SpecDraft draft = Drafts.of(csv.toString());
    assertThat(draft.table().dialect()).isEqualTo(dialect);
    assertThat(draft.table().decimal()).isEqualTo(decimal);
    assertThat(Drafts.column(draft, "x").kind()).isEqualTo(ColumnKind.NUMBER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gender      | a b c               | true",
        "Geschlecht  | 1 2                 | true",
        "nationalité | FR DE IT            | true",
        "who         | Male Female         | true",
        "who         | m w d               | true",
        "who         | m x                 | false",
        "who         | m f a b c d         | false",
        "plan        | S M L               | false",
      })
  void proposesToReportTheGroupsOfASensitiveColumn(String name, String words, boolean sensitive)
      throws IOException {
    String note = Drafts.column(Drafts.of(table(name, oneOf(words))), name).note();
    assertThat(note.startsWith("sensitive: report")).as(note).isEqualTo(sensitive);
  }

  @Test
  void foldsNamesThatDifferByANumber() throws IOException {
    StringBuilder csv = new StringBuilder("v_8,v_9,v_10,v_11,w1,w2,d_01,d_02,d_03,y\n");
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < 9; column++) {
        csv.append(row * (column + 3) % 13).append(".5,");
      }
      csv.append(row % 2).append('\n');
    }
    SpecDraft draft = Drafts.of(csv.toString());
    assertThat(draft.yaml(LearnerDraft.DEFAULT))
        .contains("name: v_{8..11}\n", "name: w1\n", "name: w2\n", "name: d_{01..03}\n");
    assertThat(draft.spec().columns()).hasSize(9);
  }

  @Test
  void findsIdentifierLabelAndItsPositiveValue() throws IOException {
    SpecDraft draft = Drafts.of(table("color", oneOf("red green blue")));
    assertThat(draft.identifier()).isEqualTo("id");
    assertThat(draft.label().name()).isEqualTo("bought");
    assertThat(draft.label().positive()).isEqualTo("yes");
    assertThat(draft.label().positives()).isEqualTo(40);
    assertThat(draft.spec().release().minimumPositives()).isEqualTo(20);
    assertThat(draft.yaml(LearnerDraft.DEFAULT))
        .contains("# CHECK: about 8 of the test rows are positive, too few to release a model");
  }

  @Test
  void takesTheRarerValueAsPositive() throws IOException {
    String csv = table("color", oneOf("red green")).replace("yes", "MM").replace("no", "CH");
    SpecDraft draft = Drafts.of(csv, "bought");
    assertThat(draft.label().positive()).isEqualTo("MM");
    assertThat(draft.label().negative()).isEqualTo("CH");
  }

  @Test
  void namesTheCandidatesWhereTheLabelIsNotClear() {
    String csv = table("vip", oneOf("1 0")).replace("bought", "outside");
    assertThatThrownBy(() -> Drafts.of(csv))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "in.csv: which column is the label? 2 columns have two values: outside (yes in 10.0% of"
                + " the rows), vip (1 in 50.2% of the rows); name it: make init DATA=in.csv LABEL=outside");
  }

  @Test
  void rejectsALabelThatIsNone() {
    String csv = table("color", oneOf("red green blue"));
    assertThatThrownBy(() -> Drafts.of(csv, "bougth"))
        .hasMessage("LABEL=bougth: in.csv has no such column; did you mean 'bought'?");
    assertThatThrownBy(() -> Drafts.of(csv, "color"))
        .hasMessage(
            "LABEL=color: a label has two values, but it has 3: 'red' in 135 rows, 'green' in 133"
                + " rows, 'blue' in 132 rows");
    assertThatThrownBy(() -> Drafts.of(csv.replace("bought", "y").replace("yes", "no")))
        .hasMessageContaining("has no column with exactly two values");
    String other = table("vip", oneOf("1 0")).replace("bought", "y").replace("yes", "no");
    assertThatThrownBy(() -> Drafts.of(other))
        .hasMessage(
            "in.csv: the column 'y' seems to be the label, but it is 'no' in every row; to use"
                + " another one: make init DATA=in.csv LABEL=vip");
  }

  @Test
  void quarantinesRowsWithoutALabel() throws IOException {
    String csv = table("color", oneOf("red green blue")).replaceFirst(",no\n", ",\n");
    SpecDraft draft = Drafts.of(csv);
    assertThat(draft.label().missing()).isOne();
    assertThat(draft.spec().invalidRows().quarantineUpTo()).isEqualTo(0.01);
    assertThat(draft.findings().warnings())
        .containsExactly("1 row has no label: it is quarantined");
  }

  @Test
  void readsAFewWordsAmongDatesAsMissingValues() throws IOException {
    String csv =
        table("joined", row -> row % 50 == 7 ? "2024-02-30" : "2024-0" + (1 + row % 9) + "-11");
    SpecDraft draft = Drafts.of(csv);
    ColumnDraft joined = Drafts.column(draft, "joined");
    assertThat(joined.kind()).isEqualTo(ColumnKind.DATE);
    assertThat(joined.missingValues()).containsExactly("2024-02-30");
    assertThat(joined.note())
        .startsWith("CHECK: dates in all rows but ")
        .endsWith(": '2024-02-30' is read as a missing value");
    assertThat(Drafts.preprocess(() -> Tables.stream(csv), draft).columns())
        .anyMatch(column -> column.kind().equals("date"));
  }

  @Test
  void proposesOtherSplitsInComments() throws IOException {
    String dated = table("joined", row -> "2024-0" + (1 + row / 80) + "-1" + row % 8);
    assertThat(Drafts.of(dated).findings().splitNotes())
        .containsExactly(
            "CHECK: joined is from 2024-01-10 to 2024-05-17. If the model is for later rows, test"
                + " it on the latest ones: {time: joined, validation_from: 2024-04-12, test_from:"
                + " 2024-05-10} instead of the lines below");
    String later =
        table("left", row -> row % 4 == 0 ? "" : "2024-0" + (1 + row / 80) + "-1" + row % 8);
    assertThat(Drafts.of(later).findings().splitNotes()).as("rows without a date").isEmpty();
    String grouped = table("customer_id", row -> "c" + row / 3);
    SpecDraft draft = Drafts.of(grouped);
    assertThat(draft.findings().splitNotes())
        .containsExactly(
            "CHECK: several rows have the same customer_id. To keep them in one split: group:"
                + " customer_id");
    assertThat(draft.findings().warnings())
        .first(as(STRING))
        .startsWith("several rows have the same customer_id:")
        .contains("split.group");
    assertThat(Drafts.column(draft, "customer_id").isFeature()).isFalse();
  }

  @Test
  void choosesASeedWhoseSplitsHaveBothLabels() throws IOException {
    StringBuilder csv = new StringBuilder("id,x,y\n");
    for (int row = 0; row < 60; row++) {
      csv.append("k" + row + "," + row * 7 % 13 + "," + (row < 7 ? 1 : 0) + "\n");
    }
    SpecDraft draft = Drafts.of(csv.toString());
    assertThat(draft.findings().seed()).isGreaterThan(1);
    String text = csv.toString();
    assertThat(
            Drafts.preprocess(() -> dev.propensity.dataset.Tables.stream(text), draft)
                .positives()
                .values())
        .allMatch(positives -> positives > 0);
  }

  @Test
  void choosesASeedThatSufficesForFoldsToo() throws IOException {
    int others = 0;
    for (int first = 0; first < 20; first++) {
      StringBuilder csv = new StringBuilder("id,x,y\n");
      for (int row = 0; row < 200; row++) {
        csv.append("k" + (first * 1000 + row) + "," + row * 7 % 13 + "," + (row < 13 ? 1 : 0));
        csv.append('\n');
      }
      SpecDraft draft = Drafts.of(csv.toString());
      others += draft.findings().seed() > 1 ? 1 : 0;
      Folds.of(Tables.stream(csv.toString()), "in.csv", draft.spec(), 5); // rejects too few
    }
    assertThat(others).isPositive();
  }

  @Test
  void rejectsTooFewRowsOfALabel() {
    String csv =
        table("color", row -> "c" + row % 5).replaceAll("yes", "no").replaceFirst(",no", ",yes");
    assertThatThrownBy(() -> Drafts.of(csv, "bought"))
        .hasMessageStartingWith("in.csv: too few rows to split: positive: 1, negative: 399;");
  }
}
