package dev.propensity.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.encoder.LabelReader;
import dev.propensity.dataset.encoder.LookAlikes;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.profile.ColumnReport;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.Splitter;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.NumberHints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of rows, each where encoders are fitted and where rows are scored. */
class RowRulesTest {
  private static final int ROWS = 400;
  private static final String SPEC =
      """
      name: rules
      title: Who?
      source: rules.csv
      identifier: id
      label: {column: y, positive: "1", negative: "0"}
      features:
        - {name: age, kind: number, missing: true}
        - {name: colour, kind: category, missing: true}
        - {name: size, kind: ordinal, values: [S, L], missing: true}
      offer: {gain: 2, cost: 1}
      """;

  @TempDir Path folder;

  private DataReport report;

  // Categories

  @Test
  void trimsCategoriesAndComparesThemInNfc() {
    String[] words = {"Köln", "Ko\u0308ln", "\" Köln\t\"", "  Köln ", "Bonn"};
    Encoder encoder = fit(SPEC, row -> words[row % words.length]);
    assertThat(encoder.features().get(1).categories()).containsExactly("Bonn", "Köln");
    assertThat(column("colour").distinct()).isEqualTo(2);
    assertThat(column("colour").lookAlikes()).isEmpty();
    assertThat(colors(encoder, words)).containsExactly(1, 1, 1, 1, 0);
    assertThat(json(encoder, "Ko\u0308ln ")).isEqualTo(1);
  }

  @Test
  void comparesCategoriesAsNumbersWhereAllOfTrainingAre() throws IOException {
    String[] words = {"28", "28.0", "2.8e1", "3.0", "\"3\""};
    Encoder encoder = fit(SPEC, row -> words[row % words.length]);
    Encoder.Feature color = encoder.features().get(1);
    assertThat(color.categories()).containsExactly("3", "28");
    assertThat(color.numeric()).isTrue();
    assertThat(Files.readString(folder.resolve(Encoder.FILE))).contains("\"numeric\":true");
    assertThat(colors(encoder, "28", "28.0", "2.8e1", "+28.00", "3.", "28.5"))
        .containsExactly(1, 1, 1, 1, 0, 2);
    assertThat(json(encoder, "2.8E+1")).isEqualTo(1);
    // counted as one in the report, and coded as one in the features
    assertThat(column("colour").distinct()).isEqualTo(2);
    assertThat(column("colour").top())
        .containsExactly(
            new ColumnReport.Word("28", ROWS * 3 / 5), new ColumnReport.Word("3", ROWS * 2 / 5));
    assertThat(column("colour").splits().get("test").unseen()).isZero();
    FeatureTable train = FeatureTable.read(folder.resolve("train.arrow"));
    for (int row = 0; row < train.rows(); row++) {
      int id = Integer.parseInt(train.identifiers()[row]);
      assertThat(train.values()[row * 3 + 1]).isEqualTo(id % words.length < 3 ? 1 : 0);
    }
  }

  @Test
  void aNumberThatOnlyOtherSplitsWriteInAnotherWayIsNotUnseen() {
    Splitter splitter = new Splitter((HashSplit) DatasetSpec.parse(SPEC, "spec.yaml").split());
    Encoder encoder =
        fit(
            SPEC,
            row ->
                splitter.split(String.valueOf(row)) == Split.TRAIN
                    ? row % 2 + ".0"
                    : String.valueOf(row % 2));
    assertThat(encoder.features().get(1).categories()).containsExactly("0.0", "1.0");
    assertThat(column("colour").splits().get("test").unseen()).isZero();
    assertThat(column("colour").splits().get("validation").unseen()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "007, 7, 7.0",
    "-01, -1, -1.0",
    "1234567890123456, 1234567890123457, 1234567890123456.0",
    "28, red, 28.0",
    "28, 1e999, 28.0"
  })
  void comparesCodesAndWordsAsText(String first, String second, String other) throws IOException {
    Encoder encoder = fit(SPEC, row -> row % 2 == 0 ? first : second);
    assertThat(encoder.features().get(1).categories()).containsExactlyInAnyOrder(first, second);
    assertThat(encoder.features().get(1).numeric()).isFalse();
    assertThat(Files.readString(folder.resolve(Encoder.FILE))).doesNotContain("numeric");
    assertThat(colors(encoder, first, second, other)).endsWith(2).doesNotHaveDuplicates();
  }

  /** As the list is compared when a table is checked, so the model compares what it scores. */
  @Test
  void aClosedListIsComparedInOneWay() {
    String numbers = SPEC.replace("name: colour, kind: category", closed("1, 2.0, 3"));
    Encoder encoder = fit(numbers, row -> List.of("1.0", "2").get(row % 2));
    assertThat(encoder.features().get(1).numeric()).isTrue();
    assertThat(encoder.features().get(1).categories()).containsExactly("1", "2.0");
    assertThat(colors(encoder, "1", "2.00", "3")).containsExactly(0, 1, 2);
    String mixed = SPEC.replace("name: colour, kind: category", closed("1, 2, x"));
    Encoder text = fit(mixed, row -> List.of("1", "2").get(row % 2));
    assertThat(text.features().get(1).numeric()).isFalse();
    assertThatThrownBy(() -> colors(text, "1.0"))
        .hasMessageContaining("colour is '1.0': must be one of 1, 2, x");
  }

  private static String closed(String values) {
    return "name: colour, kind: category, values: [" + values + "]";
  }

  @Test
  void listedWordsThatAreNumbersAreComparedAsNumbersToo() {
    String spec = SPEC.replace("values: [S, L]", "values: [1, 2]").replace("ordinal", "boolean");
    fit(spec, row -> "red", "2.0");
    assertThat(column("size").top()).containsExactly(new ColumnReport.Word("2", ROWS));
  }

  @Test
  void anEncoderOfOldKeepsTheCodesOfWordsThatDifferInNormalForm() {
    Encoder old = encoder(false, "Ko\u0308ln", "Köln", " red", "blue");
    assertThat(colors(old, "Ko\u0308ln", "Köln", "red", "\" red \"", "blue", "x"))
        .containsExactly(0, 1, 2, 2, 3, 4);
  }

  @Test
  void countsUnseenCategoriesAndNamesTheKnownOnesThatTheyLookLike() {
    Encoder encoder = encoder(false, "red", "Blau", "größe");
    RowReader reader =
        scoring(encoder, "RED", "ｒed", "re\u200Bd", "r\u00A0ed", "green", "red", "", "GRO\u0308ßE");
    RowBatch batch = reader.next();
    assertThat(batch.values()).containsExactly(3, 3, 3, 3, 3, 0, Float.NaN, 3);
    UnseenCategories unseen = reader.unseen();
    assertThat(unseen.rows()).isEqualTo(8);
    assertThat(unseen.columns()).containsOnlyKeys("colour");
    assertThat(unseen.columns().get("colour").rows()).isEqualTo(6);
    assertThat(unseen.columns().get("colour").lookAlikes())
        .containsOnly(
            entry("RED", "red"),
            entry("ｒed", "red"),
            entry("re\u200Bd", "red"),
            entry("r\u00A0ed", "red"),
            entry("GRÖßE".replace("Ö", "O\u0308"), "größe"));
    assertThat(unseen.lines())
        .singleElement()
        .asString()
        .startsWith("colour: 6 of 8 rows have an unseen category ('GRO\u0308ßE'")
        .contains("'RED' looks like 'red'", "'re\\u200Bd' looks like", "'r\\u00A0ed' looks like");
  }

  @Test
  void warnsAboveFivePercentOfTheRows() {
    Encoder encoder = encoder(false, "red");
    assertThat(unseenOf(encoder, 100, 5).warnings()).isEmpty();
    assertThat(unseenOf(encoder, 100, 5).isEmpty()).isFalse();
    assertThat(unseenOf(encoder, 100, 6).warnings())
        .containsExactly("colour: 6.0% of the rows have an unseen category");
    assertThat(unseenOf(encoder, 100, 5).doubtful()).isEmpty();
    assertThat(unseenOf(encoder, 100, 6).doubtful()).containsExactly("colour");
    assertThat(unseenOf(encoder, 100, 0).isEmpty()).isTrue();
  }

  private static UnseenCategories unseenOf(Encoder encoder, int rows, int unseen) {
    String[] cells = new String[rows];
    Arrays.fill(cells, "red");
    Arrays.fill(cells, 0, unseen, "green");
    RowReader reader = scoring(encoder, cells);
    while (reader.next() != null) {}
    return reader.unseen();
  }

  @Test
  void rowsThatAreLeftOutAreNotCountedAsUnseen() {
    Encoder encoder =
        new Encoder(
            "id",
            new DatasetSpec.Label("y", "1", "0"),
            List.of(
                new Encoder.Feature(column("colour", ColumnKind.CATEGORY), List.of("red")),
                new Encoder.Feature(column("age", ColumnKind.NUMBER), List.of())));
    RowReader reader =
        RowReader.open(
            Tables.stream("colour,age\ngreen,x\ngreen,1\n"),
            "t.csv",
            RowSchema.scoring(List.of(encoder)));
    reader.next();
    assertThat(reader.unseen().rows()).isEqualTo(1);
    assertThat(reader.unseen().columns().get("colour").rows()).isEqualTo(1);
  }

  @Test
  void reportsCategoriesOfTrainingThatLookAlike() {
    String[] words = {"red", "Red", "blue"};
    fit(SPEC, row -> words[row % words.length]);
    assertThat(column("colour").lookAlikes()).containsExactly(List.of("Red", "red"));
    assertThat(report.warnings())
        .contains("colour: the categories 'Red', 'red' look alike")
        .contains("size has one value in all rows: it carries no information");
  }

  // Missing values

  @Test
  void wordsOfTheDatasetAndOfTheColumnMeanAMissingValue() {
    String spec =
        SPEC.replace("age, kind: number", "age, kind: number, missing_values: [-999, '.']")
            + "missing_values: [NA, '?']\n";
    String[] ages = {"NA", "-999", "\" NA \"", "?", ".", "", "-999.5", "5"};
    Encoder encoder = fitAges(spec, row -> ages[row % ages.length]);
    long missing =
        column("age").splits().values().stream().mapToLong(ColumnReport.SplitReport::missing).sum();
    assertThat(missing).isEqualTo(ROWS * 6 / 8);
    FeatureTable table =
        FeatureTable.encode(
            Tables.stream("age,colour,size\n-999,-999,NA\nNA,?,L\n -999 ,red,?\n-998,red,S\n"),
            "t.csv",
            encoder);
    assertThat(table.values())
        .containsExactly(
            Float.NaN, 1, Float.NaN, Float.NaN, Float.NaN, 1, Float.NaN, 0, Float.NaN, -998, 0, 0);
    float[] json = new float[3];
    encoder.encode(Map.of("age", "-999", "colour", "NA", "size", "?"), json, 0);
    assertThat(json).containsExactly(Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void aMissingWordIsRejectedWhereNoValueMayBeMissing() {
    String spec =
        SPEC.replace("kind: number, missing: true", "kind: number") + "missing_values: [NA]\n";
    assertThatThrownBy(() -> fitAges(spec, row -> row == 7 ? "NA" : "5"))
        .isInstanceOf(TableRejectedException.class)
        .hasMessageContaining("line 8, age is 'NA': value is missing");
    assertThatThrownBy(() -> fitAges(SPEC, row -> row == 7 ? "NA" : "5"))
        .hasMessageContaining(
            "age is 'NA': not a number; if it means a missing value, list it in missing_values");
  }

  // Decimal signs

  @Test
  void readsTheTestRowsOfATableWithDecimalCommasAgain() throws IOException {
    String table = table(row -> row + ",5;\"red;\"\"x\"\"\";S").replace("id,y,", "id;y;");
    String csv =
        table
            .lines()
            .map(line -> line.replaceFirst("^(\\d+),([01]),", "$1;$2;"))
            .map(line -> line.equals("id;y;age,colour,size") ? "id;y;age;colour;size" : line)
            .collect(Collectors.joining("\n"));
    preprocess(csv, SPEC);
    assertThat(report.csv()).isEqualTo("separator=semicolon, decimal=comma");
    assertTestRowsAreReadAgain();
    assertThat(Files.readString(folder.resolve("test-rows.csv")))
        .startsWith("id,y,age,colour,size\n")
        .containsPattern("\\n\\d+,[01],\\d+\\.5,\"red;\"\"x\"\"\",S\\n");
  }

  @Test
  void readsDecimalCommasWhereTheSpecificationSaysSoWhateverTheSeparator() throws IOException {
    String spec = SPEC + "decimal: ','\n";
    Encoder encoder = fitAges(spec, row -> "\"" + row + ",5\"");
    assertThat(encoder.decimal()).isEqualTo(",");
    assertThat(report.csv()).isEqualTo("separator=comma, decimal=comma");
    assertTestRowsAreReadAgain();
    assertThat(
            FeatureTable.encode(Tables.stream("age\tcolour\tsize\n1,5\tred\tS\n"), "t.csv", encoder)
                .values())
        .startsWith(1.5f);
    assertThatThrownBy(
            () ->
                FeatureTable.encode(
                    Tables.stream("age;colour;size\n1.5;red;S\n"), "t.csv", encoder))
        .hasMessageContaining("age is '1.5': a point in a number, in a table with decimal commas");
  }

  @Test
  void rejectsADecimalCommaElsewhereWithAHint() {
    assertThatThrownBy(() -> fitAges(SPEC, row -> "\"1,5\""))
        .hasMessageContaining(
            "age is '1,5': not a number; for decimal commas separate the cells by ';', or set"
                + " decimal: \",\"");
    Encoder point = fitAges(SPEC + "decimal: .\n", row -> "1.5");
    assertThatThrownBy(
            () -> FeatureTable.encode(Tables.stream("age;colour;size\n1,5;red;S\n"), "t", point))
        .hasMessageContaining("age is '1,5': not a number");
  }

  @Test
  void aMissingWordWithAPointSettlesNoDecimalSign() {
    String spec = SPEC.replace("age, kind: number", "age, kind: number, missing_values: [n.a., .]");
    Encoder encoder = fitAges(spec, row -> "5");
    assertThat(
            FeatureTable.encode(
                    Tables.stream("age;colour;size\n.;red;S\n1,5;red;S\nn.a.;red;S\n"),
                    "t.csv",
                    encoder)
                .values())
        .containsExactly(Float.NaN, 0, 0, 1.5f, 0, 0, Float.NaN, 0, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,299.50   | write numbers without thousands separators",
        "1 299      | write numbers without thousands separators",
        "1'299      | write numbers without thousands separators",
        "1_299      | write numbers without thousands separators",
        "12%        | write it without the percent sign",
        "$12.50     | write it without the currency",
        "€ 12       | write it without the currency",
        "12.50 EUR  | write it without the currency",
        "(12.5)     | write a negative number with a minus",
        "2024-02-03 | if it is a date, set kind: date",
        "3.2.2024   | if it is a date, set kind: date",
        "−5         | write it with the digits 0 to 9 and an ASCII minus",
        "１２       | write it with the digits 0 to 9 and an ASCII minus",
        "\\N        | if it means a missing value, list it in missing_values",
        "-          | if it means a missing value, list it in missing_values",
      })
  void whatIsNoNumberHasAHint(String text, String hint) {
    assertThat(NumberHints.of(text)).isEqualTo("; " + hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "1f", "0x10", "1.2.3x", "x12%x", "TRUE", "1L"})
  void otherTextHasNone(String text) {
    assertThat(NumberHints.of(text)).isEmpty();
  }

  @Test
  void aLongCellThatIsNoNumberIsRejectedAtOnce() {
    String spaces = "(" + " ".repeat(200_000) + "x";
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThatThrownBy(() -> fitAges(SPEC, row -> row == 7 ? spaces : "5"))
              .isInstanceOf(TableRejectedException.class)
              .hasMessageContaining("line 8, age is '(")
              .hasMessageContaining("not a number");
          Encoder encoder = fitAges(SPEC, row -> "5");
          String cell = "(" + " ".repeat(1_000_000) + "x";
          float[] values = new float[3];
          assertThatThrownBy(() -> encoder.encode(Map.of("age", cell), values, 0))
              .hasMessageContaining("not a number");
        });
  }

  @Test
  void aCommaInATableWithSemicolonsAndDecimalPointsHasAHint() {
    RowReader reader = checked("id;age;colour;size\n1;2.5;red;S\n2;1,5;red;S\n");
    assertThat(reader.diagnostics().first())
        .containsExactly(
            new CellError(
                3,
                "age",
                "1,5",
                "not a number; this table has decimal points: write a point, and no thousands"
                    + " separators"));
  }

  @Test
  void wordsOfACategoryThatIsNotOfNumbersStayAsWritten() throws IOException {
    String[] words = {"1,5", "2,0", "XL"};
    Encoder encoder = fitSemicolons(SPEC, row -> words[row % 3]);
    assertThat(encoder.features().get(1).categories()).containsExactly("1,5", "2,0", "XL");
    assertThat(scoredColors(encoder, "1,5", "2,0", "XL")).containsExactly(0, 1, 2);
    assertThat(Files.readString(folder.resolve("test-rows.csv"))).contains("\"1,5\"");
    assertTestRowsAreReadAgain();
    String listed = SPEC.replace("name: colour, kind: category", closed("'1,5', '2,0', XL"));
    Encoder closed = fitSemicolons(listed, row -> words[row % 3]);
    assertThat(scoredColors(closed, "1,5", "2,0", "XL")).containsExactly(0, 1, 2);
    assertTestRowsAreReadAgain();
  }

  @Test
  void categoriesThatAreAllNumbersHaveDecimalPointsInTheTestRows() throws IOException {
    String[] words = {"1,5", "2,0", "2"};
    Encoder encoder = fitSemicolons(SPEC, row -> words[row % 3]);
    assertThat(encoder.features().get(1).categories()).containsExactly("1.5", "2");
    assertThat(scoredColors(encoder, "1,5", "2,0", "2,00")).containsExactly(0, 1, 1);
    assertThat(Files.readString(folder.resolve("test-rows.csv")))
        .contains(",1.5,S\n", ",2.0,S\n")
        .doesNotContain("\"1,5\"");
    assertThat(folder.resolve("test-rows.csv.points")).doesNotExist();
    assertTestRowsAreReadAgain();
  }

  @Test
  void aMissingWordWithADecimalCommaStaysInTheTestRows() throws IOException {
    String spec =
        SPEC.replace("age, kind: number", "age, kind: number, missing_values: ['-99,0']")
            .replace("category, missing", "category, missing_values: ['-99,0'], missing");
    preprocess(
        semicolons(
            row ->
                (row % 2 == 0 ? "-99,0" : row + ",5") + ";" + (row % 3 == 0 ? "-99,0;S" : "1,5;S")),
        spec);
    for (String name : List.of("age", "colour")) {
      long missing =
          column(name).splits().values().stream()
              .mapToLong(ColumnReport.SplitReport::missing)
              .sum();
      assertThat(missing).isEqualTo(ROWS / (name.equals("age") ? 2 : 3));
    }
    assertThat(Files.readString(folder.resolve("test-rows.csv"))).contains("\"-99,0\"", ",1.5,S\n");
    assertTestRowsAreReadAgain();
  }

  @Test
  void onlyNumbersSettleTheDecimalSignWhereThereIsAColumnOfThem() {
    String table = "id;colour;age;size\n1;1.1;2,5;S\n2;1.2;3,5;S\n";
    Encoder encoder =
        new Encoder(
            "id",
            new DatasetSpec.Label("y", "1", "0"),
            List.of(
                new Encoder.Feature(column("age", ColumnKind.NUMBER), List.of()),
                new Encoder.Feature(
                    column("colour", ColumnKind.CATEGORY), List.of("1.1", "1.2"), true)));
    RowReader scoring =
        RowReader.open(Tables.stream(table), "t.csv", RowSchema.scoring(List.of(encoder)));
    assertThat(scoring.next().values()).containsExactly(2.5f, 0, 3.5f, 1);
    assertThat(scoring.dialect().decimalComma()).isTrue();
    RowReader checked = checked(table);
    assertThat(checked.diagnostics().first()).isEmpty();
    assertThat(checked.dialect().decimalComma()).isTrue();
  }

  @Test
  void categoriesSettleTheDecimalSignWhereThereIsNoColumnOfNumbers() {
    String spec = SPEC.replace("age, kind: number", "age, kind: category");
    String[] words = {"1,5", "2,5"};
    Encoder encoder = preprocess(semicolons(row -> "x;" + words[row % 2] + ";S"), spec);
    assertThat(report.csv()).isEqualTo("separator=semicolon, decimal=comma");
    assertThat(encoder.features().get(1).categories()).containsExactly("1.5", "2.5");
    RowReader scoring =
        RowReader.open(
            Tables.stream("id;colour;age;size\n1;2,5;x;S\n"),
            "t.csv",
            RowSchema.scoring(List.of(encoder)));
    assertThat(scoring.next().values()).containsExactly(0, 1, 0);
    assertThat(scoring.dialect().decimalComma()).isTrue();
  }

  @Test
  void aCheckOfRowsToBeScoredNeedsNoColumnThatIsExcluded() {
    String spec = SPEC.replace("ordinal,", "ordinal, sensitive: exclude,");
    RowSchema schema = RowSchema.checking(DatasetSpec.parse(spec, "spec.yaml"), RowPolicy.SCORING);
    RowReader reader = RowReader.open(Tables.stream("id,age,colour\n1,5,red\n"), "t.csv", schema);
    assertThat(reader.next().rows()).isEqualTo(1);
  }

  @Test
  void readsALabelWithADecimalCommaAsTheNumbersOfTheTable() throws IOException {
    String csv = semicolons(row -> row + ",5;red;S").replaceAll("(?m)^(\\d+;[01]);", "$1,0;");
    preprocess(csv, SPEC);
    assertThat(rows()).isEqualTo(ROWS);
    assertThat(Files.readString(folder.resolve("test-rows.csv")))
        .containsPattern("\\n\\d+,1\\.0,\\d+\\.5,red,S\\n");
    assertTestRowsAreReadAgain();
    assertThatThrownBy(() -> preprocess(csv.replaceFirst(";1,0;", ";2,5;"), SPEC))
        .hasMessageContaining("line 2, y is '2,5': the label must be '1' or '0'");
  }

  /** Two encoders may have different look-alikes of a word; its row is counted once. */
  @Test
  void anUnseenRowIsCountedOnceWhateverItLooksLike() {
    RowReader reader =
        RowReader.open(
            Tables.stream("colour\nRED\nred\n"),
            "t.csv",
            RowSchema.scoring(
                List.of(encoder(false, "red"), encoder(false, "Red"), encoder(false, "blue"))));
    reader.next();
    assertThat(reader.unseen().rows()).isEqualTo(2);
    assertThat(reader.unseen().columns().get("colour").rows()).isEqualTo(2);
    assertThat(reader.unseen().columns().get("colour").lookAlikes())
        .containsOnly(entry("RED", "red"), entry("red", "Red"));
  }

  @Test
  void aNumberInWideDigitsLooksLikeTheCategoryThatIsThisNumber() {
    RowReader reader = scoring(encoder(true, "28.0", "3.0"), "２８", "２８.０", "28");
    assertThat(reader.next().values()).containsExactly(2, 2, 0);
    assertThat(reader.unseen().columns().get("colour").lookAlikes())
        .containsOnly(entry("２８", "28.0"), entry("２８.０", "28.0"));
  }

  @Test
  void aVeryLongWordLooksLikeNoOther() {
    String marks = "a" + "\u0301\u0323".repeat(100_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(LookAlikes.folded(marks)).isEqualTo(marks));
  }

  // Identifiers and labels

  @Test
  void aTableWithoutIdentifiersIsIdentifiedByItsRows() throws IOException {
    String spec = SPEC.replace("identifier: id", "identifier: row");
    String csv = table(row -> "5,red,S").replace("id,y", "row,y").replaceAll("(?m)^\\d+", "same");
    preprocess(csv, spec);
    assertThat(rows()).isEqualTo(ROWS);
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    Splitter splitter = new Splitter((HashSplit) DatasetSpec.parse(spec, "spec.yaml").split());
    assertThat(test.identifiers())
        .containsExactly(
            IntStream.rangeClosed(1, ROWS)
                .mapToObj(String::valueOf)
                .filter(row -> splitter.split(row) == Split.TEST)
                .toArray(String[]::new));
    Encoder encoder = Encoder.read(folder.resolve(Encoder.FILE));
    assertThat(encoder.identifier()).isEqualTo("row");
    try (InputStream rows = Files.newInputStream(folder.resolve("test-rows.csv"))) {
      FeatureTable again = FeatureTable.encodeLabeled(rows, "test-rows.csv", encoder);
      assertThat(again.values()).isEqualTo(test.values());
      assertThat(again.labels()).isEqualTo(test.labels());
    }
  }

  @Test
  void otherSpellingsOfALabelAreTheSameWhereThatIsPlain() {
    LabelReader numbers = labels("1", "0");
    assertThat(label(numbers, "1.0")).isEqualTo(1);
    assertThat(label(numbers, " 0.00 ")).isZero();
    assertThat(label(numbers, "1e0")).isEqualTo(1);
    LabelReader truths = labels("true", "false");
    assertThat(label(truths, "True")).isEqualTo(1);
    assertThat(label(truths, "FALSE")).isZero();
    assertThat(label(labels("0", "1"), "0.0")).isEqualTo(1);
  }

  @Test
  void labelsAreComparedInUnicodesFormNfc() {
    assertThat(label(labels("s\u00ED", "no"), "si\u0301")).isEqualTo(1);
    assertThat(label(labels("si\u0301", "no"), " s\u00ED ")).isEqualTo(1);
    assertThat(label(labels("yes", "n\u00E3o"), "na\u0303o")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1   | 0  | True | ; if 'True' is the table's value, change the specification's label to it",
        "1   | 0  | 2    | ``",
        "yes | no | Yes  | ; did you mean 'yes'? Write it as in the specification",
        "yes | no | NO   | ; did you mean 'no'? Write it as in the specification",
        "yes | no | 1    | ; if '1' is the table's value, change the specification's label to it",
        "yes | YES| Yes  | ; if 'Yes' is the table's value, change the specification's label to it",
        "1   | 01 | 1.0  | ``",
        "yes | no | jein | ``",
      })
  void rejectsOtherLabelsWithTheLikelySpelling(
      String positive, String negative, String text, String hint) {
    assertThatThrownBy(() -> label(labels(positive, negative), text))
        .isInstanceOf(InvalidCell.class)
        .hasMessage("the label must be '" + positive + "' or '" + negative + "'" + hint);
  }

  private static LabelReader labels(String positive, String negative) {
    return new LabelReader(new DatasetSpec.Label("y", positive, negative));
  }

  private static int label(LabelReader reader, String text) {
    return reader.read(text.toCharArray(), text.length());
  }

  // float32

  @Test
  void countsNumbersThatDifferAsTextButNotAsFloat32() {
    fitAges(SPEC, row -> row % 4 == 0 ? "16777217" : "16777216");
    assertThat(column("age").distinct()).isEqualTo(1);
    assertThat(column("age").merged()).isEqualTo(ROWS / 4); // the first row has the other
    assertThat(report.warnings())
        .contains("age: 100 numbers differ from others only beyond float32's precision");
    fitAges(SPEC, row -> row % 2 == 0 ? "0.1" : "0.10");
    assertThat(column("age").merged()).isZero();
  }

  @Test
  void countsAtLeastSoManyWhereNotAllNumbersAreCompared() {
    StringBuilder csv = new StringBuilder("id,y,age,colour,size\n");
    int compared = 10_000;
    int rows = compared + 100;
    for (int row = 0; row < rows; row++) {
      boolean merged = row == 1 || row == 2 || row == rows - 1; // the last is beyond the limit
      String age = row == 0 ? "16777216" : merged ? "16777217" : String.valueOf(row);
      csv.append(row).append(row % 4 == 0 ? ",1," : ",0,").append(age).append(",red,S\n");
    }
    preprocess(csv.toString(), SPEC);
    assertThat(column("age").distinct()).isEqualTo(compared + 1);
    assertThat(report.warnings())
        .contains("age: at least 3 numbers differ from others only beyond float32's precision");
  }

  @Test
  void aCheckOfRowsToBeScoredFitsNoVocabulary() {
    StringBuilder csv = new StringBuilder("id,age,colour,size\n");
    for (int row = 0; row < 50_010; row++) {
      csv.append(row).append(",5,w").append(row).append(",S\n");
    }
    csv.append("last,5,red,M\n");
    RowSchema schema = RowSchema.checking(DatasetSpec.parse(SPEC, "spec.yaml"), RowPolicy.SCORING);
    RowReader reader = RowReader.open(Tables.stream(csv.toString()), "t.csv", schema);
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      assertThat(batch.keepsExact()).isFalse();
    }
    assertThat(reader.rows()).isEqualTo(50_011);
    assertThat(reader.diagnostics().first())
        .containsExactly(new CellError(50_012, "size", "M", "must be one of S, L"));
  }

  // Headers

  @Test
  void headerNamesAreComparedTrimmedAndInNfc() {
    String spec = SPEC.replace("name: age", "name: gro\u0308ße");
    String csv = table(row -> "5,red,S").replace("age,colour", "\" größe\", colour ");
    preprocess(csv, spec);
    assertThat(rows()).isEqualTo(ROWS);
    Encoder encoder = Encoder.read(folder.resolve(Encoder.FILE));
    assertThat(encoder.find("größe")).isZero();
    assertThat(encoder.find("gro\u0308ße")).isZero();
    RowReader bare =
        RowReader.withoutHeader(
            Tables.stream("5,red,S\n"), "t.csv", RowSchema.scoring(List.of(encoder)));
    assertThat(bare.next().values()).containsExactly(5, 0, 0);
  }

  @Test
  void columnsWhoseNamesDifferOnlyInNormalFormAreOne() {
    String spec =
        SPEC.replace("name: age", "name: gr\u00F6\u00DFe")
            .replace("name: size", "name: gro\u0308\u00DFe");
    assertThatThrownBy(() -> DatasetSpec.parse(spec, "spec.yaml"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("which is a feature already");
  }

  @Test
  void unusedColumnsMayRepeatOrBeEmpty() {
    String csv = table(row -> "5,red,S,1,2,,3").replace("size\n", "size,note,note,,\n");
    preprocess(csv, SPEC);
    assertThat(rows()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @CsvSource({
    "Age, ''",
    "ＡＧＥ, ', which only looks the same: it has U+FF21, U+FF27, U+FF25'",
    "a\u200Bge, ', which only looks the same: it has U+200B'",
    "\u00A0age, ', which only looks the same: it has U+00A0'"
  })
  void aMissingColumnNamesTheOneThatLooksLikeIt(String name, String hint) {
    assertThatThrownBy(() -> preprocess(table(row -> "5,red,S").replace("age", name), SPEC))
        .isInstanceOf(TableRejectedException.class)
        .hasMessage("t.csv, line 1: missing column: 'age' (there is '" + name + "'" + hint + ")");
  }

  @Test
  void rejectsATableWithoutAHeaderExplicitly() {
    String rows = table(row -> "5,red,S");
    assertThatThrownBy(() -> preprocess(rows.substring(rows.indexOf('\n') + 1), SPEC))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "t.csv, line 1: there is no header: the first line is a row (1, 1, 5, …); add a line"
                + " with the columns' names (id, y, age, colour, size)");
  }

  @Test
  void aSeparatorAtTheEndOfEachLineIsNamed() {
    RowReader reader = scoring(encoder(false, "red"), "red,");
    reader.next();
    assertThat(reader.diagnostics().first())
        .containsExactly(
            new CellError(
                2,
                "the row",
                "red,,…",
                "2 cells where the header has 1; the last is empty: remove the separator at the"
                    + " line's end"));
  }

  // What the tests share

  private Encoder fit(String spec, IntFunction<String> color) {
    return fit(spec, color, "S");
  }

  private Encoder fit(String spec, IntFunction<String> color, String size) {
    return preprocess(table(row -> "5," + color.apply(row) + "," + size), spec);
  }

  /** The table with semicolons between its cells. */
  private static String semicolons(IntFunction<String> cells) {
    return "id;y;age;colour;size\n"
        + IntStream.rangeClosed(1, ROWS)
            .mapToObj(row -> row + ";" + (row % 3 == 1 ? 1 : 0) + ";" + cells.apply(row) + "\n")
            .collect(Collectors.joining());
  }

  private Encoder fitSemicolons(String spec, IntFunction<String> color) {
    return preprocess(semicolons(row -> row + ",5;" + color.apply(row) + ";S"), spec);
  }

  /** The codes of these colors in a table with decimal commas. */
  private static int[] scoredColors(Encoder encoder, String... cells) {
    StringBuilder csv = new StringBuilder("age;colour;size\n");
    for (String cell : cells) {
      csv.append("1,5;").append(cell).append(";S\n");
    }
    float[] values = FeatureTable.encode(Tables.stream(csv.toString()), "t.csv", encoder).values();
    return IntStream.range(0, cells.length).map(row -> (int) values[row * 3 + 1]).toArray();
  }

  /** A table that is checked as rows to be scored. */
  private static RowReader checked(String csv) {
    RowSchema schema = RowSchema.checking(DatasetSpec.parse(SPEC, "spec.yaml"), RowPolicy.SCORING);
    RowReader reader = RowReader.open(Tables.stream(csv), "t.csv", schema);
    reader.next();
    return reader;
  }

  private Encoder fitAges(String spec, IntFunction<String> age) {
    return preprocess(table(row -> age.apply(row) + ",red,S"), spec);
  }

  private Encoder preprocess(String csv, String spec) {
    DatasetSpec parsed = DatasetSpec.parse(spec, "spec.yaml");
    report = Preprocessing.run(Tables.stream(csv), "t.csv", parsed, folder);
    return Encoder.read(folder.resolve(Encoder.FILE));
  }

  /** Rows 1, 2, 3, …, of which every third is positive. */
  private static String table(IntFunction<String> cells) {
    return "id,y,age,colour,size\n"
        + IntStream.rangeClosed(1, ROWS)
            .mapToObj(row -> row + "," + (row % 3 == 1 ? 1 : 0) + "," + cells.apply(row) + "\n")
            .collect(Collectors.joining());
  }

  private ColumnReport column(String name) {
    return report.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private long rows() {
    return report.rows().values().stream().mapToLong(Long::longValue).sum();
  }

  private void assertTestRowsAreReadAgain() throws IOException {
    Encoder encoder = Encoder.read(folder.resolve(Encoder.FILE));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    assertThat(test.rows()).isPositive();
    try (InputStream csv = Files.newInputStream(folder.resolve("test-rows.csv"))) {
      FeatureTable again = FeatureTable.encodeLabeled(csv, "test-rows.csv", encoder);
      assertThat(again.values()).isEqualTo(test.values());
      assertThat(again.identifiers()).isEqualTo(test.identifiers());
      assertThat(again.labels()).isEqualTo(test.labels());
    }
  }

  /** Of an encoder of the table above, the codes of these cells of the column colour. */
  private static int[] colors(Encoder encoder, String... cells) {
    StringBuilder csv = new StringBuilder("colour,age,size\n");
    for (String cell : cells) {
      csv.append(cell).append(",,\n");
    }
    FeatureTable table = FeatureTable.encode(Tables.stream(csv.toString()), "t.csv", encoder);
    int place = table.names().indexOf("colour");
    return IntStream.range(0, table.rows())
        .map(row -> (int) table.values()[row * table.names().size() + place])
        .toArray();
  }

  private static int json(Encoder encoder, String color) {
    float[] values = new float[encoder.features().size()];
    encoder.encode(Map.of("colour", color), values, 0);
    return (int) values[encoder.find("colour")];
  }

  private static Column column(String name, ColumnKind kind) {
    return new Column(name, kind, "", List.of(), null, null, true, Column.Sensitive.NO);
  }

  /** An encoder of the column colour alone. */
  private static Encoder encoder(boolean numeric, String... categories) {
    return new Encoder(
        "id",
        new DatasetSpec.Label("y", "1", "0"),
        List.of(
            new Encoder.Feature(
                column("colour", ColumnKind.CATEGORY), List.of(categories), numeric)));
  }

  private static RowReader scoring(Encoder encoder, String... cells) {
    // Not an empty line, which is no row.
    String rows =
        Arrays.stream(cells)
            .map(cell -> cell.isEmpty() ? "\"\"\n" : cell + "\n")
            .collect(Collectors.joining());
    return RowReader.open(
        Tables.stream("colour\n" + rows), "t.csv", RowSchema.scoring(List.of(encoder)));
  }
}
