package dev.propensity.benchmarks.drift;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.monitoring.drift.BaselineColumn;
import dev.propensity.monitoring.drift.BaselineCounts;
import dev.propensity.monitoring.drift.ColumnCounts;
import dev.propensity.monitoring.drift.WindowCounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The rows of a table, half of them a model's training rows.
 *
 * @param training the numbers of the training rows, from 0
 * @param others the numbers of the other rows
 */
record RealRows(List<BinnedColumn> columns, int[] training, int[] others, BaselineCounts baseline) {
  private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
  private static final double MISSING = 0.02;
  private static final double CHANNEL = 0.01;

  static RealRows read(Path csv, DatasetSpec spec, long seed) throws IOException {
    List<String[]> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(csv)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.split(",", -1)); // the table has no quotes
      }
    }
    List<String> header = List.of(lines.remove(0));
    int[] order = order(lines.size(), seed);
    int[] training = Arrays.copyOf(order, order.length / 2);
    int[] others = Arrays.copyOfRange(order, order.length / 2, order.length);
    String[] labels = cells(lines, header.indexOf(spec.label().column()));
    List<BinnedColumn> columns = new ArrayList<>();
    Map<String, BaselineColumn> baseline = new TreeMap<>();
    spec.columns()
        .forEach(
            feature -> {
              String[] cells = cells(lines, header.indexOf(feature.name()));
              BinnedColumn column =
                  BinnedColumn.of(feature.name(), feature.kind(), cells, training);
              columns.add(column);
              baseline.put(
                  feature.name(),
                  column.baseline(training, row -> labels[row].equals(spec.label().positive())));
            });
    return new RealRows(columns, training, others, new BaselineCounts(baseline, new long[1]));
  }

  private static String[] cells(List<String[]> lines, int column) {
    return lines.stream().map(line -> line[column]).toArray(String[]::new);
  }

  private static int[] order(int rows, long seed) {
    int[] order = new int[rows];
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < rows; row++) {
      int other = random.nextInt(row + 1);
      order[row] = order[other];
      order[other] = row;
    }
    return order;
  }

  /** A day's window of these rows, with the change. */
  WindowCounts window(int[] rows, Change change, int day, SplittableRandom random) {
    Map<String, ColumnCounts> counts = new TreeMap<>();
    for (BinnedColumn column : columns) {
      long[] bins = new long[column.bins()];
      long missing = 0;
      long unseen = 0;
      boolean isPremium = column.name().equals("Annual_Premium");
      for (int row : rows) {
        if (change == Change.MISSING && isPremium && random.nextDouble() < MISSING) {
          missing++;
          continue;
        }
        if (change == Change.CHANNEL
            && column.name().equals("Policy_Sales_Channel")
            && random.nextDouble() < CHANNEL) {
          unseen++;
          continue;
        }
        float value = column.number(row);
        int bin =
            switch (change) {
              case AGE -> column.name().equals("Age") ? column.bin(value + 1) : column.bin(row);
              case PREMIUM -> isPremium ? column.bin(value * 1.05f) : column.bin(row);
              default -> column.bin(row);
            };
        if (bin < 0) {
          unseen++;
        } else {
          bins[bin]++;
        }
      }
      counts.put(column.name(), new ColumnCounts(bins, missing, unseen));
    }
    return new WindowCounts(
        FIRST.plus(day, ChronoUnit.DAYS), rows.length, rows.length, 0, counts, new long[1]);
  }
}
