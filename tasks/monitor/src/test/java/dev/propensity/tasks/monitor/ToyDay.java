package dev.propensity.tasks.monitor;

import dev.propensity.foundation.Digest;
import dev.propensity.model.Baseline;
import dev.propensity.model.Histogram;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.profile.ColumnProfile;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.monitoring.profile.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A window of captured toys: ages from 0 to 99 as in training, unless something is planted.
 *
 * @param rows that were captured
 * @param older share of the rows whose age is 80 or more
 * @param unseen share of the rows with a town that the model does not know
 * @param late a number that makes it another profile of the same window
 */
record ToyDay(TimeWindow window, int rows, double older, double unseen, int late) {
  /** A quiet window of 2,000 rows. */
  static ToyDay quiet(String window) {
    return new ToyDay(TimeWindow.parse(window), 2000, 0, 0, 0);
  }

  ToyDay ofRows(int count) {
    return new ToyDay(window, count, older, unseen, late);
  }

  ToyDay olderBy(double share) {
    return new ToyDay(window, rows, share, unseen, late);
  }

  ToyDay unseenBy(double share) {
    return new ToyDay(window, rows, older, share, late);
  }

  ToyDay withLateSegment() {
    return new ToyDay(window, rows + 100, older, unseen, late + 1);
  }

  ToyDay until(TimeWindow part) {
    return new ToyDay(part, rows, older, unseen, late);
  }

  /** Its profile in the bins of a model. */
  Profile profile(Digest model, Baseline baseline) {
    Random random = new Random(window.toString().hashCode());
    Histogram ages = Objects.requireNonNull(baseline.column("age").numbers());
    long[] bins = new long[ages.counts().length];
    int[] trained = baseline.scores().counts();
    long[] scores = new long[trained.length];
    SortedMap<String, Long> towns = new TreeMap<>(Map.of("north", 0L, "south", 0L));
    long unknown = 0;
    for (int row = 0; row < rows; row++) {
      bins[ages.bin(random.nextDouble() < older ? 80 + random.nextInt(20) : random.nextInt(100))]++;
      scores[bin(trained, random.nextInt(Arrays.stream(trained).sum()))]++;
      if (random.nextDouble() < unseen) {
        unknown++;
      } else {
        towns.merge(random.nextInt(3) == 0 ? "north" : "south", 1L, Long::sum);
      }
    }
    SortedMap<String, ColumnProfile> columns = new TreeMap<>();
    columns.put("age", new ColumnProfile(0, 0, 0, bins, null));
    columns.put("town", new ColumnProfile(0, unknown, 0, null, towns));
    return new Profile(
        Profile.SCHEMA,
        "toys",
        window,
        model,
        rows,
        rows,
        new TreeMap<>(Map.of(model.hex(), (long) rows)),
        traffic(),
        columns,
        new TreeSet<>(),
        new Profile.Scores(scores),
        rows * 0.25);
  }

  private static int bin(int[] counts, int place) {
    int bin = 0;
    for (int left = place; left >= counts[bin]; bin++) {
      left -= counts[bin];
    }
    return bin;
  }

  private Traffic traffic() {
    SortedMap<String, SortedMap<String, Long>> rejected = new TreeMap<>();
    rejected.put("age", new TreeMap<>(Map.of("minimum", 7L)));
    String from = window.from().toString();
    return new Traffic(
        rows + 9L,
        4,
        5,
        rows == 0 ? 0 : 7,
        rows == 0 ? new TreeMap<>() : rejected,
        List.of(new SegmentCounts.Gap(from, window.from().plusSeconds(60).toString())),
        3,
        new TreeSet<>(List.of("server")),
        new TreeSet<>(),
        0,
        0);
  }

  /** The digests of its segments, by their keys. */
  SortedMap<String, Digest> segments() {
    return new TreeMap<>(Map.of("captures/toys/" + window, Digest.of(this + " " + late)));
  }
}
