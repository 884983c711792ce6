package dev.propensity.benchmarks;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes the segments that an endpoint would upload on a day on which it scores the rows of a table
 * again and again, one a request: a segment a minute.
 */
@Command(
    name = "captures",
    mixinStandardHelpOptions = true,
    description = "Writes segments of captured rows, below a folder that is a store's root.")
public final class SyntheticCaptures implements Callable<Integer> {
  private static final int MINUTES = (int) Duration.ofDays(1).toMinutes();
  private static final long MILLIS = 60_000;

  @Option(
      names = "--csv",
      required = true,
      description = "The rows: cells of the captured columns, without quotes.")
  private Path csv;

  @Option(names = "--name", required = true, description = "The dataset's name with its origin.")
  private String name;

  @Option(names = "--model", required = true, description = "The digest of the model.")
  private Digest model;

  @Option(names = "--rows", required = true, description = "Number of rows of the day.")
  private int rows;

  @Option(names = "--day", required = true, description = "The day, in UTC.")
  private LocalDate day;

  @Option(names = "--folder", required = true, description = "The store's root.")
  private Path folder;

  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new SyntheticCaptures())
            .registerConverter(Digest.class, Digest::new)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<String> lines = Files.readAllLines(csv);
    List<String> columns = Arrays.asList(lines.get(0).split(","));
    List<String> table = lines.subList(1, lines.size());
    Random random = new Random(1);
    for (int minute = 0; minute < MINUTES; minute++) {
      int from = (int) ((long) rows * minute / MINUTES);
      int to = (int) ((long) rows * (minute + 1) / MINUTES);
      write(minute, columns, table, from, to, random);
    }
    return 0;
  }

  private void write(
      int minute, List<String> columns, List<String> table, int from, int to, Random random)
      throws IOException {
    Instant opened = day.atStartOfDay().toInstant(ZoneOffset.UTC).plusMillis(minute * MILLIS);
    SegmentHeader header =
        new SegmentHeader(
            SegmentHeader.SCHEMA,
            name,
            model,
            1,
            "server",
            opened.toString(),
            CapturedIdentifier.NONE,
            null,
            List.of());
    Path file = folder.resolve(header.key(uuid(random)));
    Files.createDirectories(file.getParent());
    try (SegmentWriter writer = new SegmentWriter(file, header, columns)) {
      for (int row = from; row < to; row++) {
        byte[] request = uuid(random).getBytes(StandardCharsets.UTF_8);
        long time = opened.toEpochMilli() + (row - from) * MILLIS / (to - from);
        writer.begin(request, 1, time, random.nextFloat());
        String[] cells = table.get(row % table.size()).split(",", -1);
        for (int column = 0; column < cells.length; column++) {
          byte[] cell = cells[column].getBytes(StandardCharsets.UTF_8);
          if (cell.length > 0) {
            writer.cell(column, cell, 0, cell.length);
          }
        }
        writer.end();
      }
      int count = to - from;
      Instant closed = opened.plusMillis(MILLIS);
      writer.finish(
          new SegmentCounts(count, count, 0, 0, 0, new TreeMap<>(), null, closed.toString()));
    }
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
