package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.dataset.specification.ColumnKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of the drift rule for any counts. */
class DriftPropertiesTest {
  private static final Subject SUBJECT = new Subject("any", "", "", List.of(), List.of());

  private static long[] counts(Random random, int bins, int most) {
    return IntStream.range(0, bins).mapToLong(bin -> random.nextInt(most + 1)).toArray();
  }

  @Property(tries = 500)
  void theEffectIsNeverNegativeAndNeverMoreThanPsi(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int bins) {
    Random random = new Random(seed);
    int[] order = IntStream.range(0, bins).toArray();
    PooledBins pooled = PooledBins.of(counts(random, bins, 1000), counts(random, bins, 100), order);
    double effect = Psi.corrected(pooled);
    assertThat(effect).isBetween(0.0, Math.max(0, Psi.of(pooled)));
  }

  @Property(tries = 300)
  void poolingKeepsAllRows(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int bins) {
    Random random = new Random(seed);
    long[] before = counts(random, bins, 1000);
    long[] window = counts(random, bins, 20);
    PooledBins pooled = PooledBins.of(before, window, IntStream.range(0, bins).toArray());
    assertThat(Arrays.stream(pooled.before()).sum()).isEqualTo(Arrays.stream(before).sum());
    assertThat(Arrays.stream(pooled.window()).sum()).isEqualTo(Arrays.stream(window).sum());
  }

  @Property(tries = 300)
  void theNamesOfCategoriesDoNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int bins) {
    Random random = new Random(seed);
    long[] rows = counts(random, bins, 100);
    Arrays.setAll(rows, bin -> 64 * rows[bin] + bin + 1); // no two are equal in all
    long[] positives = Arrays.stream(rows).map(count -> random.nextInt((int) count)).toArray();
    long[] window = counts(random, bins, 50);
    List<Integer> places = IntStream.range(0, bins).boxed().collect(Collectors.toList());
    Collections.shuffle(places, random);
    BaselineColumn one = category(rows, positives);
    BaselineColumn other = category(moved(rows, places), moved(positives, places));
    Divergence expected = divergence(one, window);
    Divergence found = divergence(other, moved(window, places));
    assertThat(found.effect()).isCloseTo(expected.effect(), within(1e-9));
    assertThat(found.pearson().statistic()).isCloseTo(expected.pearson().statistic(), within(1e-6));
    assertThat(RankedBins.of(other).mean(moved(rows, places))).isCloseTo(0.5, within(1e-12));
  }

  private static Divergence divergence(BaselineColumn column, long[] window) {
    return Divergence.of(column.counts(), new ColumnCounts(window, 0, 0), column.order());
  }

  private static BaselineColumn category(long[] rows, long[] positives) {
    ColumnCounts counts = new ColumnCounts(rows, 0, 0);
    return new BaselineColumn(ColumnKind.CATEGORY, counts, positives, 0);
  }

  private static long[] moved(long[] counts, List<Integer> places) {
    return places.stream().mapToLong(place -> counts[place]).toArray();
  }

  @Property(tries = 50)
  void identicalWindowsAreQuiet(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int bins) {
    Random random = new Random(seed);
    WindowCounts window = window(Map.of("a", counts(random, bins, 500)), 0);
    BaselineCounts baseline = baseline(Map.of("a", counts(random, bins, 500)));
    List<WindowCounts> reference = Collections.nCopies(28, window);
    DriftRule rule = new DriftRule(Simulation.RULE, baseline, reference, true);
    Verdict verdict = rule.evaluate(SUBJECT, Collections.nCopies(5, window), window).verdict();
    assertThat(verdict).isEqualTo(Verdict.QUIET);
  }

  @Property(tries = 50)
  void theOrderOfTheColumnsDoesNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> names = IntStream.range(0, 6).mapToObj(i -> "column" + i).toList();
    List<Map<String, long[]>> days = new ArrayList<>();
    for (int day = 0; day < 32; day++) {
      Map<String, long[]> columns = new LinkedHashMap<>();
      int more = day < 28 ? 0 : 150;
      names.forEach(
          name -> {
            long[] counts = counts(random, 5, 30);
            Arrays.setAll(counts, bin -> counts[bin] + 300 + bin * random.nextInt(more + 1));
            columns.put(name, counts);
          });
      days.add(columns);
    }
    Monitoring one = evaluate(days, names);
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, random);
    Monitoring other = evaluate(days, shuffled);
    assertThat(other.summary()).isEqualTo(one.summary());
    assertThat(other.reasons()).isEqualTo(one.reasons());
    assertThat(other.charts()).isEqualTo(one.charts());
  }

  private static Monitoring evaluate(List<Map<String, long[]>> days, List<String> order) {
    List<WindowCounts> windows = new ArrayList<>();
    for (Map<String, long[]> day : days) {
      Map<String, long[]> ordered = new LinkedHashMap<>();
      order.forEach(name -> ordered.put(name, day.get(name)));
      windows.add(window(ordered, windows.size()));
    }
    Map<String, long[]> even = new LinkedHashMap<>();
    order.forEach(name -> even.put(name, Simulation.even(5, 1000)));
    DriftRule rule = new DriftRule(Simulation.RULE, baseline(even), windows.subList(0, 28), false);
    return rule.evaluate(SUBJECT, windows.subList(28, 31), windows.get(31));
  }

  private static BaselineCounts baseline(Map<String, long[]> columns) {
    Map<String, BaselineColumn> all = new LinkedHashMap<>();
    columns.forEach(
        (name, bins) ->
            all.put(
                name,
                new BaselineColumn(ColumnKind.NUMBER, new ColumnCounts(bins, 0, 0), null, 0)));
    return new BaselineCounts(all, new long[2]);
  }

  private static WindowCounts window(Map<String, long[]> columns, int day) {
    Map<String, ColumnCounts> all = new LinkedHashMap<>();
    columns.forEach((name, bins) -> all.put(name, new ColumnCounts(bins, 0, 0)));
    return new WindowCounts(
        Instant.parse("2026-01-05T00:00:00Z").plusSeconds(86_400L * day),
        1000,
        1000,
        0,
        all,
        new long[2]);
  }
}
