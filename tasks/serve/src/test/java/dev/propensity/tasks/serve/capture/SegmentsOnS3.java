package dev.propensity.tasks.serve.capture;

import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The segments of a dataset in a store, for tests. */
public final class SegmentsOnS3 {
  /** A captured row; cells that are missing are left out. */
  public record Row(
      String request,
      int number,
      long time,
      String identifier,
      float score,
      Map<String, String> cells) {}

  /** A segment, with the bytes of its file. */
  public record Segment(
      String key,
      SegmentHeader header,
      SegmentCounts counts,
      List<String> columns,
      List<Row> rows,
      byte[] bytes) {}

  private SegmentsOnS3() {}

  /** All segments, in the order of their end. */
  public static List<Segment> of(ArtifactStore store, String name) throws IOException {
    S3Location prefix = store.root().resolve(SegmentHeader.folder(name));
    List<Segment> segments = new ArrayList<>();
    for (S3Location location : store.objects().list(prefix, Optional.empty())) {
      if (!location.key().endsWith(".arrow")) {
        continue;
      }
      Path file = Files.createTempFile("segment", ".arrow");
      try (InputStream in = store.objects().open(location)) {
        Files.write(file, in.readAllBytes());
        segments.add(read(file, location.key()));
      } finally {
        Files.delete(file);
      }
    }
    segments.sort((a, b) -> closed(a).compareTo(closed(b)));
    return segments;
  }

  private static Instant closed(Segment segment) {
    return Instant.parse(segment.counts().closed());
  }

  private static Segment read(Path file, String key) throws IOException {
    try (SegmentReader reader = new SegmentReader(file, key)) {
      List<Row> rows = new ArrayList<>();
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          Map<String, String> cells = new LinkedHashMap<>();
          for (int column = 0; column < reader.columns().size(); column++) {
            if (!batch.isMissing(column, row)) {
              cells.put(reader.columns().get(column), batch.text(column, row));
            }
          }
          rows.add(
              new Row(
                  batch.request(row),
                  batch.number(row),
                  batch.time(row),
                  batch.identifier(row),
                  batch.score(row),
                  cells));
        }
      }
      return new Segment(
          key, reader.header(), reader.counts(), reader.columns(), rows, Files.readAllBytes(file));
    }
  }

  /** The rows of all segments. */
  public static List<Row> rows(List<Segment> segments) {
    return segments.stream().flatMap(segment -> segment.rows().stream()).toList();
  }

  /** The counts of all segments. */
  public static SegmentCounts counts(List<Segment> segments) {
    return segments.stream()
        .map(Segment::counts)
        .reduce(SegmentCounts.none(Instant.EPOCH), SegmentCounts::plus);
  }
}
