package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.rows.BatchIdentifiers;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.dataset.split.Splitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupSplitTest {
  private static final DatasetSpec GROUPED = SplitTables.spec("group: home, seed: 7");
  private static final DatasetSpec TOGETHER = SplitTables.spec("duplicates: together, seed: 7");

  @Property(tries = 20)
  void theRowsOfAGroupShareASplit(@ForAll @IntRange(max = 1000) int seed) {
    List<String> rows = SplitTables.rows(300, seed);
    Map<String, Split> splits = SplitTables.splits(rows, GROUPED);
    Splitter splitter = new Splitter((HashSplit) GROUPED.split());
    for (String row : rows) {
      assertThat(splits.get(SplitTables.cell(row, 0)))
          .as(row)
          .isEqualTo(splitter.split(SplitTables.cell(row, 4)));
    }
  }

  @Property(tries = 20)
  void aRowStaysInItsSplitAsTheTableGrows(@ForAll @IntRange(max = 1000) int seed) {
    List<String> rows = SplitTables.rows(400, seed);
    List<String> some = new ArrayList<>(rows.subList(0, 250));
    for (DatasetSpec spec : List.of(GROUPED, TOGETHER)) {
      Map<String, Split> before = SplitTables.splits(some, spec);
      assertThat(SplitTables.splits(rows, spec)).containsAllEntriesOf(before);
    }
  }

  @Property(tries = 20)
  void rowsWithTheSameFeaturesShareASplit(@ForAll @IntRange(max = 1000) int seed) {
    List<String> rows = SplitTables.rows(300, seed);
    Map<String, Split> splits = SplitTables.splits(rows, TOGETHER);
    Map<String, Set<Split>> byFeatures = new HashMap<>();
    for (String row : rows) {
      byFeatures
          .computeIfAbsent(
              SplitTables.cell(row, 2) + "," + SplitTables.cell(row, 3), key -> new TreeSet<>())
          .add(splits.get(SplitTables.cell(row, 0)));
    }
    assertThat(byFeatures.values()).allMatch(found -> found.size() == 1);
    assertThat(new TreeSet<>(splits.values())).hasSize(3);
  }

  @Test
  void anotherSpellingOfAFeatureIsTheSameFeature() {
    List<String> rows = new ArrayList<>(SplitTables.rows(300, 1));
    Map<String, Split> splits = SplitTables.splits(rows, TOGETHER);
    rows.replaceAll(row -> row.replaceFirst("^(\\d+,\\d,)(\\d+),1,", "$1$2.0,1.0,"));
    Collections.shuffle(rows, new Random(3));
    assertThat(SplitTables.splits(rows, TOGETHER)).isEqualTo(splits);
  }

  @Test
  void aGroupMayBeAFeatureAndANumberInAnySpelling() {
    DatasetSpec spec = SplitTables.spec("group: x, seed: 3");
    Map<String, Split> splits = new HashMap<>();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String x = i % 40 + (i % 3 == 0 ? ".0" : i % 3 == 1 ? "" : "e0");
      rows.add(i + "," + i / 40 % 2 + "," + x + ",red,h,2024-01-01");
    }
    SplitTables.splits(rows, spec)
        .forEach(
            (identifier, split) -> {
              String x = String.valueOf(Integer.parseInt(identifier) % 40);
              assertThat(splits.merge(x, split, (a, b) -> a == b ? a : null)).as(x).isNotNull();
            });
    Splitter splitter = new Splitter((HashSplit) spec.split());
    splits.forEach((x, split) -> assertThat(split).isEqualTo(splitter.split(x)));
  }

  @Test
  void decimalCommasAndPointsGiveTheSameSplits() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String word = i % 40 + (i % 2 == 0 ? ".0" : ".50");
      rows.add(i + "," + i / 40 % 2 + "," + i + ".5," + word + "," + word + ",2024-01-01");
    }
    String points = SplitTables.csv(rows);
    String commas = points.replace(',', ';').replace('.', ',');
    for (String how : List.of("group: home", "group: colour", "duplicates: together")) {
      DatasetSpec spec = SplitTables.spec(how + ", seed: 3");
      SplitAssignment assignment = SplitAssignment.of(spec.split());
      Map<String, Split> splits = SplitTables.splits(points, spec, assignment);
      assertThat(SplitTables.splits(commas, spec, assignment)).as(how).isEqualTo(splits);
      if (how.startsWith("group")) {
        Splitter splitter = new Splitter((HashSplit) spec.split());
        assertThat(splits.get("28")).isEqualTo(splitter.split("28"));
        assertThat(splits.get("29")).isEqualTo(splitter.split("29.5"));
      }
    }
  }

  @Test
  void aRowWithoutItsGroupIsInvalid() {
    List<String> rows = SplitTables.rows(50, 1);
    String csv = SplitTables.csv(rows).replaceFirst("(?m)^(\\d+,\\d,\\d?,\\w+,)h\\d+", "$1 ");
    assertThatThrownBy(() -> SplitTables.splits(csv, GROUPED, SplitAssignment.of(GROUPED.split())))
        .hasMessageContaining("home is empty: value is missing: the row's split follows");
  }

  @Test
  void aTableWithoutTheGroupIsRejectedByItsHeader() {
    String csv = SplitTables.csv(SplitTables.rows(50, 1)).replace("home", "zz");
    assertThatThrownBy(() -> SplitTables.splits(csv, GROUPED, SplitAssignment.of(GROUPED.split())))
        .hasMessageEndingWith(
            "line 1: missing column: 'home' (the section split of the dataset's file names it)");
  }

  @Property(tries = 20)
  void theRowsOfAGroupShareAFold(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 2, max = 6) int count) {
    List<String> rows = new ArrayList<>(SplitTables.rows(500, seed));
    for (DatasetSpec spec : List.of(GROUPED, SplitTables.spec("group: home, seed: 8"))) {
      Map<String, Integer> folds = folds(rows, spec, count);
      Map<String, Set<Integer>> byGroup = new HashMap<>();
      int[][] labels = new int[count][2];
      for (String row : rows) {
        Integer fold = folds.get(SplitTables.cell(row, 0));
        if (fold != null) {
          byGroup.computeIfAbsent(SplitTables.cell(row, 4), key -> new TreeSet<>()).add(fold);
          labels[fold - 1][Integer.parseInt(SplitTables.cell(row, 1))]++;
        }
      }
      assertThat(byGroup.values()).allMatch(found -> found.size() == 1);
      // Groups have 5 rows on average, so that folds of 67 to 200 rows differ by few.
      for (int label = 0; label < 2; label++) {
        int of = label;
        int[] sizes = Arrays.stream(labels).mapToInt(fold -> fold[of]).toArray();
        assertThat(Arrays.stream(sizes).max().getAsInt())
            .isLessThanOrEqualTo(Arrays.stream(sizes).min().getAsInt() + 8);
      }
      Collections.shuffle(rows, new Random(seed));
      assertThat(folds(rows, spec, count)).isEqualTo(folds);
    }
  }

  @Test
  void rowsWithTheSameFeaturesShareAFold() {
    List<String> rows = SplitTables.rows(500, 3);
    Map<String, Integer> folds = folds(rows, TOGETHER, 2);
    Map<String, Set<Integer>> byFeatures = new HashMap<>();
    for (String row : rows) {
      Integer fold = folds.get(SplitTables.cell(row, 0));
      if (fold != null) {
        byFeatures
            .computeIfAbsent(
                SplitTables.cell(row, 2) + "," + SplitTables.cell(row, 3), key -> new TreeSet<>())
            .add(fold);
      }
    }
    assertThat(byFeatures.values()).allMatch(found -> found.size() == 1);
  }

  /** The table has several chunks. */
  @Test
  void decodingAheadGivesTheSameKeys() {
    List<String> rows = SplitTables.rows(30_000, 3);
    String csv = SplitTables.csv(rows);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      for (DatasetSpec spec : List.of(GROUPED, TOGETHER)) {
        RowSchema schema = RowSchema.fitting(spec);
        RowReader reader = RowReader.open(Tables.stream(csv), "rows", schema);
        RowReader ahead = RowReader.open(Tables.stream(csv), "rows", schema);
        List<String> keys = keys(reader);
        assertThat(keys).hasSize(30_000);
        assertThat(keys(ahead.decodingAhead(pool, 3))).isEqualTo(keys);
      }
    } finally {
      pool.shutdown();
    }
  }

  private static List<String> keys(RowReader reader) {
    List<String> keys = new ArrayList<>();
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      BatchIdentifiers all = batch.splitKeys();
      for (int row = 0; row < batch.rows(); row++) {
        int length = all.end(row) - all.start(row);
        keys.add(new String(all.bytes(), all.start(row), length, StandardCharsets.ISO_8859_1));
      }
    }
    return keys;
  }

  /** By identifier, the fold in which the row validates. */
  private static Map<String, Integer> folds(List<String> rows, DatasetSpec spec, int count) {
    String csv = SplitTables.csv(rows);
    Folds all = Folds.of(Tables.stream(csv), "the table", spec, count);
    Map<String, Integer> folds = new HashMap<>();
    for (int fold = 1; fold <= count; fold++) {
      int number = fold;
      SplitTables.splits(csv, spec, all.validatingOn(fold))
          .forEach(
              (identifier, split) -> {
                if (split == Split.VALIDATION) {
                  assertThat(folds.put(identifier, number)).isNull();
                }
              });
    }
    return folds;
  }
}
