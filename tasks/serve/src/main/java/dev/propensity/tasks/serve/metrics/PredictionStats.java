package dev.propensity.tasks.serve.metrics;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.profile.Bins;
import dev.propensity.tasks.serve.model.ServedModel;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Statistics of the predictions since the server started. */
public final class PredictionStats {
  /** The number of equal-width bins in the histogram of scores. */
  static final int BINS = 20;

  /**
   * A column's counts of cells that differ from the training data.
   *
   * @param missing how many were empty
   * @param unseen how many had a category that was not in the training data
   */
  record Cells(long missing, long unseen) {
    Cells plus(long moreMissing, long moreUnseen) {
      return new Cells(missing + moreMissing, unseen + moreUnseen);
    }
  }

  /**
   * A model's features that are tracked.
   *
   * @param scores in the bins of its baseline; null if it has none
   */
  private record TrackedFeatures(Encoder encoder, int[] places, @Nullable Bins scores) {}

  private volatile @Nullable TrackedFeatures tracked;
  private final SortedMap<String, Cells> columns = new TreeMap<>();
  private final long[] bins = new long[BINS];
  private double sum;
  private long rows;
  private long rejectedRows;

  /** Starts counting a request; its counts are added by {@link RequestCounts#commit}. */
  public RequestCounts request(ServedModel served) {
    Encoder encoder = served.model().encoder();
    TrackedFeatures now = tracked;
    if (now == null || now.encoder() != encoder) {
      now = new TrackedFeatures(encoder, tracked(encoder), scoreBins(served));
      tracked = now;
    }
    return new RequestCounts(now);
  }

  private static @Nullable Bins scoreBins(ServedModel served) {
    Baseline baseline = served.baseline();
    return baseline == null ? null : new Bins(baseline.scores());
  }

  /** One request's counts. */
  public final class RequestCounts {
    private final Encoder encoder;
    private final int[] tracked;
    private final long[] missing;
    private final int[] scores = new int[BINS];
    private final @Nullable Bins modelScores; // of all requests
    private final @Nullable Bins ownScores;
    private double total;
    private long count;

    private RequestCounts(TrackedFeatures places) {
      this.encoder = places.encoder();
      this.tracked = places.places();
      this.missing = new long[tracked.length];
      this.modelScores = places.scores();
      this.ownScores = modelScores == null ? null : modelScores.empty();
    }

    /** Counts the missing values of consecutive rows. */
    public void missing(float[] values, int rowCount) {
      int width = encoder.features().size();
      for (int w = 0; w < tracked.length; w++) {
        for (int row = 0; row < rowCount; row++) {
          missing[w] += Float.isNaN(values[row * width + tracked[w]]) ? 1 : 0;
        }
      }
    }

    /** Counts a score. */
    public void score(float score) {
      int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(score * BINS) - 1));
      scores[bin]++;
      if (ownScores != null) {
        ownScores.add(score);
      }
      total += score;
      count++;
    }

    /** Counts scores. */
    public void scores(float[] all, int length) {
      for (int i = 0; i < length; i++) {
        score(all[i]);
      }
    }

    /**
     * Adds this request to the counts.
     *
     * @param unseen by column, how many cells had a category that was not in the training data
     */
    public void commit(Map<String, Long> unseen) {
      synchronized (PredictionStats.this) {
        rows += count;
        sum += total;
        for (int bin = 0; bin < BINS; bin++) {
          bins[bin] += scores[bin];
        }
        if (modelScores != null && ownScores != null) {
          modelScores.add(ownScores);
        }
        for (int w = 0; w < tracked.length; w++) {
          String name = encoder.columns().get(tracked[w]).name();
          columns.put(
              name,
              columns
                  .getOrDefault(name, new Cells(0, 0))
                  .plus(missing[w], unseen.getOrDefault(name, 0L)));
        }
      }
    }
  }

  /** The indexes of the features that can be missing or unseen. */
  private static int[] tracked(Encoder encoder) {
    int[] places = new int[encoder.columns().size()];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      Encoder.Feature feature = encoder.columns().get(i);
      boolean open = feature.column().kind() == ColumnKind.CATEGORY;
      if (open || feature.column().missing()) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /** Adds rows that were rejected. */
  synchronized void reject(long count) {
    rejectedRows += count;
  }

  /** Rows that were rejected, for a cell that breaks a rule. */
  synchronized long rejectedRows() {
    return rejectedRows;
  }

  /**
   * The scores that this model answered since it became live, in the bins of its baseline; null if
   * it has none.
   */
  public synchronized long @Nullable [] liveScores(ServedModel served) {
    TrackedFeatures now = tracked;
    Bins scores =
        now != null && now.encoder() == served.model().encoder() ? now.scores() : scoreBins(served);
    return scores == null ? null : scores.counts();
  }

  synchronized SortedMap<String, Cells> columns() {
    return new TreeMap<>(columns);
  }

  synchronized long[] bins() {
    return bins.clone();
  }

  synchronized double sum() {
    return sum;
  }

  synchronized long rows() {
    return rows;
  }
}
