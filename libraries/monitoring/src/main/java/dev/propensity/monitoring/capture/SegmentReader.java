package dev.propensity.monitoring.capture;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.table.arrow.ArrowColumn;
import dev.propensity.table.arrow.ArrowFileReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a segment that {@link SegmentWriter} wrote, batch by batch. */
public final class SegmentReader implements AutoCloseable {
  private final String damaged;
  private final ArrowFileReader file;
  private final SegmentHeader header;
  private final SegmentCounts counts;
  private final List<String> columns;
  private int next;
  private long rows;

  /**
   * Reads the header and the counts of the segment.
   *
   * @param where the segment's name, for errors
   * @throws UserException that names the segment, if it is not one, is incomplete or damaged; as
   *     {@link #next}
   */
  public SegmentReader(Path path, String where) {
    this(new ArrowFileReader(path, damaged(where)), where);
  }

  /**
   * Reads what a segment in memory says of its rows, which are views of its content.
   *
   * @param content of the segment, with an array, from the buffer's position to its limit
   * @param where the segment's name, for errors
   * @throws UserException as above
   */
  public SegmentReader(ByteBuffer content, String where) {
    this(new ArrowFileReader(content, damaged(where)), where);
  }

  private SegmentReader(ArrowFileReader file, String where) {
    this.damaged = damaged(where);
    this.file = file;
    try {
      Map<String, String> metadata = file.metadata();
      this.header = read(metadata, SegmentWriter.HEADER, SegmentHeader.class, where);
      this.counts = read(metadata, SegmentWriter.COUNTS, SegmentCounts.class, where);
      this.columns = names(file.columns());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static String damaged(String where) {
    return where + " is not a segment of captured rows, or is incomplete or damaged";
  }

  private <T> T read(Map<String, String> metadata, String key, Class<T> type, String where) {
    String json = metadata.get(key);
    if (json == null) {
      throw new UserException(damaged);
    }
    return CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), type, where + ", " + key);
  }

  private List<String> names(List<ArrowColumn> all) {
    int fixed = header.isIdentified() ? 5 : 4;
    List<String> names = all.stream().skip(fixed).map(ArrowColumn::name).toList();
    if (!all.equals(SegmentRows.columns(header.isIdentified(), names))) {
      throw new UserException(damaged);
    }
    return names;
  }

  public SegmentHeader header() {
    return header;
  }

  public SegmentCounts counts() {
    return counts;
  }

  /** The names of the captured columns. */
  public List<String> columns() {
    return columns;
  }

  /** The next rows; null at the end. */
  public @Nullable SegmentBatch next() {
    if (next == file.batches()) {
      if (rows != counts.rows()) {
        throw new UserException(damaged);
      }
      return null;
    }
    ArrowFileReader.Batch batch = file.batch(next++);
    rows += batch.rows();
    try {
      return new SegmentBatch(batch, header.isIdentified(), columns.size(), damaged);
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) { // offsets and lengths that are not those of the rows
      throw new UserException(damaged, e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
