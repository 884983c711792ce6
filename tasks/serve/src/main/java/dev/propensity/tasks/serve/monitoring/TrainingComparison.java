package dev.propensity.tasks.serve.monitoring;

import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.drift.BaselineCounts;
import dev.propensity.monitoring.drift.DriftRule;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Subject;
import dev.propensity.monitoring.drift.WindowCounts;
import dev.propensity.monitoring.profile.Bins;
import dev.propensity.monitoring.profile.ColumnProfile;
import dev.propensity.monitoring.profile.EncodedRows;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.monitoring.profile.Traffic;
import dev.propensity.tasks.serve.model.ServedModel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * How an uploaded file differs from the model's training rows. Counts rows in several threads at
 * once.
 */
public final class TrainingComparison {
  // The rule's limits are those of windows; of a file, only the differences are of interest.
  private static final MonitorRule RULE = new MonitorRule(MonitorRule.Window.DAY, 90, 1);
  private static final TimeWindow ANY = TimeWindow.containing(Instant.EPOCH, RULE.window());

  private record Counters(EncodedRows rows, Bins scores) {}

  private final ServedModel served;
  private final Baseline baseline;
  private final Queue<Counters> idle = new ConcurrentLinkedQueue<>();
  private final LongAdder rows = new LongAdder();

  /**
   * @param served a model with a baseline
   */
  public TrainingComparison(ServedModel served) {
    this.served = served;
    this.baseline = Objects.requireNonNull(served.baseline(), "baseline");
  }

  /**
   * Counts scored rows.
   *
   * @param values row-major {@code [rows][features]}
   */
  public void add(float[] values, float[] scores) {
    Counters counters = idle.poll();
    if (counters == null) {
      counters =
          new Counters(
              new EncodedRows(served.model().encoder(), baseline), new Bins(baseline.scores()));
    }
    counters.rows().add(values);
    for (float score : scores) {
      counters.scores().add(score);
    }
    rows.add(scores.length);
    idle.add(counters);
  }

  /** The differences as JSON, once all rows are counted: the columns by effect, and the scores. */
  public Map<String, Object> json() {
    EncodedRows all = new EncodedRows(served.model().encoder(), baseline);
    Bins scores = new Bins(baseline.scores());
    for (Counters counters : idle) {
      all.add(counters.rows());
      scores.add(counters.scores());
    }
    Monitoring found = compare(served, baseline, rows.sum(), all.columns(), scores.counts());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", rows.sum());
    json.put("training_rows", baseline.rows());
    json.put("columns", found.columns());
    json.put("scores", found.scores());
    json.put("labels", BinLabels.of(served));
    json.put("score_edges", BinLabels.scoreEdges(served));
    return json;
  }

  /** The effect of the difference of these scores and the baseline's, in the baseline's bins. */
  static double scoreEffect(ServedModel served, long[] bins) {
    long count = Arrays.stream(bins).sum();
    Baseline baseline = Objects.requireNonNull(served.baseline(), "baseline");
    Monitoring.Column scores =
        count == 0
            ? null
            : compare(served, baseline, count, Collections.emptySortedMap(), bins).scores();
    return scores == null ? 0 : scores.effect();
  }

  private static Monitoring compare(
      ServedModel served,
      Baseline baseline,
      long rows,
      SortedMap<String, ColumnProfile> columns,
      long[] scores) {
    Profile profile =
        new Profile(
            Profile.SCHEMA,
            served.name(),
            ANY,
            served.digest(),
            rows,
            rows,
            new TreeMap<>(Map.of(served.digest().hex(), rows)),
            Traffic.NONE,
            columns,
            Collections.emptySortedSet(),
            new Profile.Scores(scores),
            0);
    return new DriftRule(RULE, BaselineCounts.of(baseline), List.of(), false)
        .evaluate(
            new Subject(served.name(), served.digest().hex(), "file", List.of(), List.of()),
            List.of(),
            WindowCounts.of(profile, baseline));
  }
}
