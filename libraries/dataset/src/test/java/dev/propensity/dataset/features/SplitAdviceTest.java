package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAdvice;
import dev.propensity.dataset.split.SplitAssignment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitAdviceTest {
  private static final Pattern SEED = Pattern.compile("set split.seed: (\\d+)");

  @Property(tries = 20)
  void theSeedThatIsNamedSuffices(@ForAll @IntRange(min = 6, max = 12) int positives) {
    List<String> rows = rows(300, positives);
    for (String how : List.of("", ", group: home", ", duplicates: together")) {
      long seed = 1;
      String message = message(rows, how, seed);
      if (message != null && message.contains("set split.seed")) {
        seed = seed(message);
        assertThat(seed).isBetween(2L, 10_001L);
        boolean folds = message.contains("gives each split and each of 5 folds both labels");
        for (long between = 2; between < Math.min(seed, 20); between++) {
          assertThat(folds ? foldMessage(rows, how, between) : message(rows, how, between))
              .as("seed " + between)
              .isNotNull();
        }
        assertThat(message(rows, how, seed)).as(how).isNull();
        assertThat(foldMessage(rows, how, seed) == null).as(how).isEqualTo(folds);
      }
    }
  }

  @Test
  void saysHowManyRowsAreMissing() {
    assertThat(message(rows(300, 1), "", 1))
        .contains("of its 300 rows (1 positive)")
        .contains("each split needs both labels, train and validation at least 2 rows of each;")
        .endsWith("no seed changes that: at least 5 rows with y '1' are needed, 4 more");
    List<String> swapped = new ArrayList<>(rows(300, 3));
    swapped.replaceAll(row -> row.replaceFirst(",1,", ",2,").replaceFirst(",0,", ",1,"));
    swapped.replaceAll(row -> row.replaceFirst(",2,", ",0,"));
    assertThat(message(swapped, "", 1))
        .endsWith("no seed changes that: at least 5 rows with y '0' are needed, 2 more");
  }

  @Test
  void saysWhereNoSeedSufficesThoughThereAreEnoughRows() {
    List<String> rows = new ArrayList<>(rows(100, 40));
    rows.replaceAll(row -> row.replaceFirst("h\\d+", "h" + row.charAt(0) % 2));
    assertThat(message(rows, ", group: home", 1))
        .endsWith("no seed changes that: more rows with y '1' are needed, in more groups of home");
  }

  @Test
  void aSeedForFoldsIsNamedInALargeTableThatKeepsRowsTogether() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      rows.add(i + "," + (i % 3333 == 1 ? 1 : 0) + "," + i + ",red,h" + i + ",2024-01-01");
    }
    for (String how : List.of(", duplicates: together", ", group: home")) {
      int named = 0;
      for (long seed = 1; seed <= 5; seed++) {
        String message = foldMessage(rows, how, seed);
        if (message != null) {
          named++;
          assertThat(foldMessage(rows, how, seed(message))).as(how).isNull();
        }
      }
      assertThat(named).as(how).isPositive();
    }
  }

  @Test
  void fewGroupsWithALabelAreFoundWithoutASearch() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      int shop = i % 300;
      boolean positive = shop % 50 == 7 && i % 7 == 0;
      rows.add(i + "," + (positive ? 1 : 0) + "," + i + ",red,h" + shop + ",2024-01-01");
    }
    long start = System.nanoTime();
    assertThat(foldMessage(rows, ", group: home", 1, 8))
        .endsWith(
            "no seed changes that: for 8 folds, more rows with y '1' are needed, in more groups of"
                + " home");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aSearchAmongFewGroupsTakesNoTimeThatGrowsWithTheirRows() {
    SplitAdvice advice = SplitAdvice.of(SplitTables.spec("group: home"));
    for (int i = 0; i < 300_000; i++) {
      byte[] key = ("h" + i % 300).getBytes(StandardCharsets.UTF_8);
      advice.add(key, 0, key.length, (byte) (i % 300 < 9 ? 1 : 0));
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(advice.forFolds(8)).contains("seed"));
  }

  @Test
  void foldsAreRejectedBeforeOneIsWritten() {
    List<String> rows = rows(300, 9);
    long seed = 1;
    while (message(rows, "", seed) != null) {
      seed++;
    }
    DatasetSpec spec = SplitTables.spec("seed: " + seed);
    String csv = SplitTables.csv(rows);
    String message =
        catchThrowable(() -> Folds.of(Tables.stream(csv), "the table", spec, 5)).getMessage();
    assertThat(message)
        .contains("too few rows for 5 folds: of the ")
        .contains("each fold needs at least 2 rows of each label; at most ")
        .endsWith(
            "no seed changes that: for 5 folds, at least 11 rows with y '1' are needed, 2 more");
    Matcher possible =
        Pattern.compile("at most (\\d) folds are possible: FOLDS=\\1;").matcher(message);
    assertThat(possible.find()).as(message).isTrue();
    int most = Integer.parseInt(possible.group(1));
    Folds folds = Folds.of(Tables.stream(csv), "the table", spec, most);
    for (int fold = 1; fold <= most; fold++) {
      Map<String, Split> splits = SplitTables.splits(csv, spec, folds.validatingOn(fold));
      long positives =
          rows.stream()
              .filter(row -> SplitTables.cell(row, 1).equals("1"))
              .filter(row -> splits.get(SplitTables.cell(row, 0)) == Split.VALIDATION)
              .count();
      assertThat(positives).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void foldsAreRejectedIfTheTestSplitLacksALabel() {
    List<String> rows = rows(300, 13);
    int found = 0;
    for (long seed = 1; seed < 200; seed++) {
      String splits = message(rows, "", seed);
      if (splits != null && splits.contains("the test split gets")) {
        found++;
        assertThat(foldMessage(rows, "", seed))
            .startsWith(splits.substring(0, splits.indexOf("; seed")))
            .contains(" gives each split and each of 5 folds both labels: set split.seed: ");
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void theSeedThatIsNamedSufficesForFolds() {
    for (String how : List.of("", ", group: home")) {
      List<String> rows = rows(300, 13);
      int named = 0;
      for (long seed = 1; seed < 30; seed++) {
        String message = foldMessage(rows, how, seed);
        if (message != null) {
          named++;
          assertThat(foldMessage(rows, how, seed(message))).isNull();
          assertThat(message(rows, how, seed(message))).isNull();
        }
      }
      assertThat(named).isPositive();
    }
  }

  @Test
  void theSeedThatIsNamedForARunSufficesForAnExperimentIfOneIsFound() {
    for (int positives : new int[] {10, 13}) { // of which 11 at least are needed for folds
      List<String> rows = rows(300, positives);
      int named = 0;
      for (long seed = 1; seed < 60; seed++) {
        String message = message(rows, "", seed);
        if (message != null) {
          named++;
          assertThat(message)
              .contains(
                  positives < 11
                      ? " gives each split both labels: set"
                      : " gives each split and each of 5 folds both labels: set");
          assertThat(message(rows, "", seed(message))).isNull();
          assertThat(foldMessage(rows, "", seed(message)) == null).isEqualTo(positives >= 11);
        }
      }
      assertThat(named).isPositive();
    }
  }

  @Test
  void invalidRowsAreNamedRatherThanTheFoldsThatLackThem() {
    DatasetSpec spec = SplitTables.spec("seed: 1");
    String csv = SplitTables.csv(rows(300, 40)).replaceAll("(?m)^(\\d+),1,\\d", "$1,1,many");
    assertThatThrownBy(() -> Folds.of(Tables.stream(csv), "the table", spec, 5))
        .hasMessageContaining("x is 'many': not a number");
  }

  private static long seed(String message) {
    Matcher seed = SEED.matcher(message);
    assertThat(seed.find()).as(message).isTrue();
    return Long.parseLong(seed.group(1));
  }

  /** What is wrong with the splits; null if nothing is. */
  private static String message(List<String> rows, String how, long seed) {
    DatasetSpec spec = SplitTables.spec("seed: " + seed + how);
    Throwable error =
        catchThrowable(
            () ->
                SplitTables.splits(SplitTables.csv(rows), spec, SplitAssignment.of(spec.split())));
    return error == null ? null : error.getMessage();
  }

  private static String foldMessage(List<String> rows, String how, long seed) {
    return foldMessage(rows, how, seed, 5);
  }

  private static String foldMessage(List<String> rows, String how, long seed, int folds) {
    DatasetSpec spec = SplitTables.spec("seed: " + seed + how);
    Throwable error =
        catchThrowable(
            () -> Folds.of(Tables.stream(SplitTables.csv(rows)), "the table", spec, folds));
    return error == null ? null : error.getMessage();
  }

  private static List<String> rows(int count, int positives) {
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      boolean positive = i % (count / positives) == 0 && i / (count / positives) <= positives;
      rows.add(i + "," + (positive ? 1 : 0) + "," + i % 90 + ",red,h" + i % 60 + ",2024-01-01");
    }
    return rows;
  }
}
