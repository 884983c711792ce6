package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSplitTest {
  private static final String DATES =
      "time: since, validation_from: 2024-07-01, test_from: 2024-10-01";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2024-05-31, TRAIN",
    "2024-06-01,",
    "2024-06-30,",
    "2024-07-01, VALIDATION",
    "2024-08-31, VALIDATION",
    "2024-09-01,",
    "2024-09-30,",
    "2024-10-01, TEST",
    "9999-12-31, TEST",
    "2024-05-31T23:59:59Z, TRAIN",
    "2024-10-01 00:00, TEST",
    "2024-09-30T23:30:00.5-11:00,",
    "0001-01-01, TRAIN"
  })
  void eachRowIsInTheSplitOfItsDate(String date, Split expected) {
    DatasetSpec spec = SplitTables.spec(DATES + ", gap: 30 days");
    List<String> rows = new ArrayList<>(SplitTables.rows(300, 1));
    rows.add("x,1,1,red,h," + date);
    assertThat(SplitTables.splits(rows, spec).get("x")).isEqualTo(expected);
  }

  @Property(tries = 20)
  void noTrainRowIsLaterThanAnyTestRow(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(max = 60) int gap) {
    DatasetSpec spec = SplitTables.spec(DATES + ", gap: " + gap);
    List<String> rows = SplitTables.rows(400, seed);
    Map<String, Split> splits = SplitTables.splits(rows, spec);
    LocalDate lastTrain = last(rows, splits, Split.TRAIN);
    assertThat(lastTrain.plusDays(gap)).isBefore(first(rows, splits, Split.VALIDATION));
    assertThat(last(rows, splits, Split.VALIDATION).plusDays(gap))
        .isBefore(first(rows, splits, Split.TEST));
    assertThat(SplitTables.splits(rows.subList(0, 300), spec))
        .allSatisfy((row, split) -> assertThat(splits).containsEntry(row, split));
  }

  @Test
  void theRowsOfTheGapAreCounted() throws IOException {
    DatasetSpec spec = SplitTables.spec(DATES + ", gap: 30 days");
    List<String> rows = SplitTables.rows(400, 1);
    DataReport report =
        Preprocessing.run(Tables.stream(SplitTables.csv(rows)), "the table", spec, folder);
    long assigned = report.rows().values().stream().mapToLong(Long::longValue).sum();
    assertThat(report.unassignedRows()).isEqualTo(400 - assigned).isPositive();
    assertThat(Files.readString(folder.resolve("report.json")))
        .contains("\"unassigned_rows\":" + report.unassignedRows());
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains(report.unassignedRows() + " more rows are in no split");
  }

  @Test
  void withoutValidationAllRowsBeforeTheGapOfTheTestRowsAreTrainRows() {
    DatasetSpec spec = SplitTables.spec(DATES + ", gap: 30 days");
    List<String> rows = SplitTables.rows(400, 1);
    Map<String, Split> splits =
        SplitTables.splits(
            SplitTables.csv(rows), spec, SplitAssignment.withoutValidation(spec.split()));
    for (String row : rows) {
      boolean before = SplitTables.cell(row, 5).compareTo("2024-09-01") < 0;
      assertThat(splits.get(SplitTables.cell(row, 0))).isEqualTo(before ? Split.TRAIN : null);
    }
  }

  @Property(tries = 20)
  void foldsGoForwardInTime(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(max = 14) int gap,
      @ForAll @IntRange(min = 2, max = 5) int count) {
    DatasetSpec spec = SplitTables.spec(DATES + ", gap: " + gap);
    List<String> rows = SplitTables.rows(500, seed);
    String csv = SplitTables.csv(rows);
    Folds folds = Folds.of(Tables.stream(csv), "the table", spec, count);
    Map<String, Integer> validated = new HashMap<>();
    LocalDate before = LocalDate.MIN;
    for (int fold = 1; fold <= count; fold++) {
      Map<String, Split> splits = SplitTables.splits(csv, spec, folds.validatingOn(fold));
      LocalDate first = first(rows, splits, Split.VALIDATION);
      assertThat(last(rows, splits, Split.TRAIN).plusDays(gap)).isBefore(first);
      assertThat(first).isAfter(before);
      before = last(rows, splits, Split.VALIDATION);
      assertThat(before).isBefore(LocalDate.of(2024, 10, 1).minusDays(gap));
      for (String row : rows) {
        String identifier = SplitTables.cell(row, 0);
        LocalDate date = LocalDate.parse(SplitTables.cell(row, 5));
        if (date.plusDays(gap).isBefore(first)) {
          assertThat(splits).as("an expanding window").containsEntry(identifier, Split.TRAIN);
        }
        if (splits.get(identifier) == Split.VALIDATION) {
          assertThat(validated.put(identifier, fold)).isNull();
        }
      }
    }
    long all = rows.stream().filter(row -> isBefore(row, gap)).count();
    for (int fold = 1; fold <= count; fold++) {
      int number = fold;
      long size = validated.values().stream().filter(other -> other == number).count();
      // A day has fewer than ten of the rows.
      assertThat((double) size).isBetween(all / (count + 1.0) - 10, all / (count + 1.0) + 10);
    }
  }

  @Test
  void aDayWithManyRowsIsOnePart() {
    DatasetSpec spec = SplitTables.spec(DATES);
    List<String> rows = new ArrayList<>(SplitTables.rows(400, 1));
    for (int i = 0; i < 1000; i++) {
      rows.add("d" + i + "," + i % 2 + ",1,red,h,2023-12-24");
    }
    String csv = SplitTables.csv(rows);
    Folds folds = Folds.of(Tables.stream(csv), "the table", spec, 3);
    for (int fold = 1; fold <= 3; fold++) {
      Map<String, Split> splits = SplitTables.splits(csv, spec, folds.validatingOn(fold));
      assertThat(splits).containsEntry("d0", Split.TRAIN);
      // Of some 300 other rows before October.
      assertThat(dates(rows, splits, Split.VALIDATION)).hasSizeBetween(80, 120);
    }
  }

  private static boolean isBefore(String row, int gap) {
    LocalDate end = LocalDate.of(2024, 10, 1).minusDays(gap);
    return LocalDate.parse(SplitTables.cell(row, 5)).isBefore(end);
  }

  @ParameterizedTest
  @CsvSource({
    "31.01.2024, not a date; write it as yyyy-MM-dd",
    "2024-02-30, there is no such date",
    "2024-1-31, not a date; write it as yyyy-MM-dd",
    "1706659200, not a date; write it as yyyy-MM-dd",
    "2024-01-31T25:00, not a date; write it as yyyy-MM-dd"
  })
  void aCellThatIsNoDateIsInvalid(String date, String message) {
    DatasetSpec spec = SplitTables.spec(DATES);
    List<String> rows = new ArrayList<>(SplitTables.rows(300, 1));
    rows.add(1, "x,1,1,red,h," + date);
    assertThatThrownBy(() -> SplitTables.splits(rows, spec))
        .hasMessageContaining("line 3, since is '" + date + "': " + message)
        .hasMessageContaining("invalid date: 1");
  }

  /** Whether it is a feature or not, the column is read by its own rule. */
  @ParameterizedTest
  @ValueSource(strings = {"", ", feature: false", ", sensitive: exclude"})
  void aColumnOfKindDateIsReadByItsFormats(String how) {
    String column = "{name: since, kind: date, formats: [dd.MM.yyyy], missing: true" + how + "}";
    DatasetSpec plain = SplitTables.spec(DATES);
    DatasetSpec spec =
        DatasetSpec.parse(
            SplitTables.yaml(DATES).replace("features:\n", "features:\n  - " + column + "\n"),
            "few.yaml");
    List<String> rows = SplitTables.rows(300, 1);
    List<String> german = new ArrayList<>(rows);
    german.replaceAll(row -> row.replaceFirst("(\\d{4})-(\\d\\d)-(\\d\\d)$", "$3.$2.$1"));
    assertThat(SplitTables.splits(german, spec)).isEqualTo(SplitTables.splits(rows, plain));
    german.set(1, german.get(1).replaceFirst("[^,]*$", ""));
    assertThatThrownBy(() -> SplitTables.splits(german, spec))
        .hasMessageContaining("line 3, since is empty: value is missing: the row's split follows");
    german.set(1, german.get(1) + "2024-01-01");
    assertThatThrownBy(() -> SplitTables.splits(german, spec))
        .hasMessageContaining("line 3, since is '2024-01-01': not a date; write it as dd.MM.yyyy")
        .hasMessageContaining("invalid date: 1");
  }

  @Test
  void aMissingDateIsInvalid() {
    DatasetSpec spec = SplitTables.spec(DATES);
    List<String> rows = new ArrayList<>(SplitTables.rows(300, 1));
    rows.add(1, "x,1,1,red,h,");
    assertThatThrownBy(() -> SplitTables.splits(rows, spec))
        .hasMessageContaining("line 3, since is empty: value is missing: the row's split follows");
  }

  @Test
  void aSplitWithoutRowsNamesTheDatesOfTheTable() {
    DatasetSpec spec =
        SplitTables.spec("time: since, validation_from: 2025-07-01, test_from: 2025-10-01");
    List<String> rows = List.of("1,1,1,red,h,2024-01-05", "2,0,1,red,h,2024-03-01");
    assertThatThrownBy(() -> SplitTables.splits(rows, spec))
        .hasMessageContaining(
            "the dates in since are from 2024-01-05 to 2024-03-01: change split.validation_from"
                + " (2025-07-01) or split.test_from (2025-10-01)");
  }

  @Test
  void aSplitWithoutRowsNamesTheGap() {
    DatasetSpec spec =
        SplitTables.spec(
            "time: since, validation_from: 2024-07-01, test_from: 2024-10-01, gap: 30 days");
    List<String> rows = List.of("1,1,1,red,h,2024-06-15", "2,0,1,red,h,2024-06-20");
    assertThatThrownBy(() -> SplitTables.splits(rows, spec))
        .hasMessageEndingWith(
            "change split.validation_from (2024-07-01) or split.test_from (2024-10-01) or"
                + " split.gap (30 days)");
  }

  @Test
  void tooManyFoldsNameHowManyArePossible() {
    DatasetSpec spec = SplitTables.spec(DATES);
    List<String> rows = new ArrayList<>();
    for (int day = 1; day <= 28; day++) {
      rows.add(day + "," + day % 2 + ",1,red,h,2024-01-" + (day < 10 ? "0" : "") + day);
    }
    for (int day = 1; day <= 4; day++) {
      rows.add("v" + day + "," + day % 2 + ",1,red,h,2024-07-0" + day);
      rows.add("t" + day + "," + day % 2 + ",1,red,h,2024-10-0" + day);
    }
    assertThatThrownBy(() -> Folds.of(Tables.stream(SplitTables.csv(rows)), "the table", spec, 10))
        .hasMessageContaining("at most 7 folds are possible: FOLDS=7")
        .hasMessageContaining(": change split.test_from (")
        .message()
        .doesNotContain("validation_from");
  }

  private static LocalDate first(List<String> rows, Map<String, Split> splits, Split split) {
    return dates(rows, splits, split).get(0);
  }

  private static LocalDate last(List<String> rows, Map<String, Split> splits, Split split) {
    List<LocalDate> dates = dates(rows, splits, split);
    return dates.get(dates.size() - 1);
  }

  private static List<LocalDate> dates(List<String> rows, Map<String, Split> splits, Split split) {
    return rows.stream()
        .filter(row -> splits.get(SplitTables.cell(row, 0)) == split)
        .map(row -> LocalDate.parse(SplitTables.cell(row, 5)))
        .sorted()
        .toList();
  }
}
