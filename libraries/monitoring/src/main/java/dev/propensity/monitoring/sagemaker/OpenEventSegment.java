package dev.propensity.monitoring.sagemaker;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.request.RequestRow;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.monitoring.sagemaker.EventSegments.EventSegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A segment of the events that one model answered within an hour. */
final class OpenEventSegment implements AutoCloseable {
  private final Path path;
  private final Instant hour;
  private final SegmentWriter writer;
  private Instant last;
  private long rejected;

  OpenEventSegment(
      Path path,
      String name,
      AnsweringModel model,
      CapturedIdentifier identifier,
      String endpoint,
      Instant hour) {
    this.path = path;
    this.hour = hour;
    this.last = hour;
    SegmentHeader header =
        new SegmentHeader(
            SegmentHeader.SCHEMA,
            name,
            model.digest(),
            model.version(),
            endpoint,
            hour.toString(),
            identifier,
            null,
            List.of());
    List<String> columns =
        model.reader().encoder().columns().stream().map(Encoder.Feature::name).toList();
    this.writer = new SegmentWriter(path, header, columns);
  }

  void add(CapturedEvent event, List<RequestRow> rows, EventScores scores) {
    byte[] request = event.id().getBytes(StandardCharsets.UTF_8);
    last = event.time().isAfter(last) ? event.time() : last;
    for (int row = 0; row < rows.size(); row++) {
      writer.begin(request, row + 1, event.time().toEpochMilli(), scores.scores().get(row));
      byte[] identifier = utf8(rows.get(row).identifier());
      if (identifier != null) {
        writer.identifier(identifier, 0, identifier.length);
      }
      @Nullable String[] cells = rows.get(row).cells();
      for (int column = 0; column < cells.length; column++) {
        byte[] cell = utf8(cells[column]);
        if (cell != null) {
          writer.cell(column, cell, 0, cell.length);
        }
      }
      writer.end();
    }
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Counts the rows of an event that cannot be read. */
  void reject(int rows) {
    rejected += rows;
  }

  EventSegment finish(String id) {
    SortedMap<String, SortedMap<String, Long>> cells = new TreeMap<>();
    if (rejected > 0) {
      cells.put(EventSegments.COLUMN, new TreeMap<>(Map.of(EventSegments.RULE, rejected)));
    }
    long rows = writer.rows();
    writer.finish(new SegmentCounts(rows, rows, 0, 0, rejected, cells, null, last.toString()));
    return new EventSegment(id, hour, path);
  }

  @Override
  public void close() {
    writer.close();
  }
}
