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
 * Writes the segments that an endpoint would upload on days on which it scores the rows of a table
 * again and again, one a request.
 */
@Command(
    name = "captures",
    mixinStandardHelpOptions = true,
    description = "Writes segments of captured rows, below a folder that is a store's root.")
public final class SyntheticCaptures implements Callable<Integer> {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  @Option(
      names = "--csv",
      required = true,
      description = "The rows: cells of the captured columns, without quotes.")
  private Path csv;

  @Option(names = "--name", required = true, description = "The dataset's name with its origin.")
  private String name;

  @Option(names = "--model", required = true, description = "The digest of the model.")
  private Digest model;

  @Option(names = "--rows", required = true, description = "Number of rows a day.")
  private int rows;

  @Option(names = "--day", required = true, description = "The first day, in UTC.")
  private LocalDate day;

  @Option(names = "--days", description = "By default ${DEFAULT-VALUE}.")
  private int days = 1;

  @Option(
      names = "--segments",
      description = "A day, at least 24; by default ${DEFAULT-VALUE}: one each five minutes.")
  private int segments = (int) Duration.ofDays(1).dividedBy(Duration.ofMinutes(5));

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
    for (int number = 0; number < days; number++) {
      Instant start = day.plusDays(number).atStartOfDay().toInstant(ZoneOffset.UTC);
      for (int segment = 0; segment < segments; segment++) {
        int from = (int) ((long) rows * segment / segments);
        int to = (int) ((long) rows * (segment + 1) / segments);
        long millis = DAY_MILLIS / segments;
        write(start.plusMillis(segment * millis), millis, columns, table, from, to, random);
      }
    }
    return 0;
  }

  private void write(
      Instant opened,
      long millis,
      List<String> columns,
      List<String> table,
      int from,
      int to,
      Random random)
      throws IOException {
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
        long time = opened.toEpochMilli() + (row - from) * millis / (to - from);
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
      Instant closed = opened.plusMillis(millis);
      writer.finish(
          new SegmentCounts(count, count, 0, 0, 0, new TreeMap<>(), null, closed.toString()));
    }
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
