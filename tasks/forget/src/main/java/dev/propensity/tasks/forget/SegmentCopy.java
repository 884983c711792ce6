package dev.propensity.tasks.forget;

import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.capture.SegmentWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies of segments. */
final class SegmentCopy {
  private SegmentCopy() {}

  /**
   * Writes the rows that stay.
   *
   * @param identifiers of the others, as the segment has them
   * @return how many do not stay
   */
  static long without(Set<String> identifiers, SegmentReader reader, Path kept) {
    long gone = 0;
    try (SegmentWriter writer = new SegmentWriter(kept, reader.header(), reader.columns())) {
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          String identifier = batch.identifier(row);
          if (identifier != null && identifiers.contains(identifier)) {
            gone++;
          } else {
            copy(batch, row, identifier, reader.columns().size(), writer);
          }
        }
      }
      writer.finish(reader.counts().withRows(writer.rows()));
    }
    return gone;
  }

  private static void copy(
      SegmentBatch batch, int row, @Nullable String identifier, int columns, SegmentWriter writer) {
    byte[] request = batch.request(row).getBytes(StandardCharsets.UTF_8);
    writer.begin(request, batch.number(row), batch.time(row), batch.score(row));
    if (identifier != null) {
      byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
      writer.identifier(utf8, 0, utf8.length);
    }
    for (int column = 0; column < columns; column++) {
      if (!batch.isMissing(column, row)) {
        writer.cell(column, batch.bytes(column), batch.start(column, row), batch.end(column, row));
      }
    }
    writer.end();
  }
}
