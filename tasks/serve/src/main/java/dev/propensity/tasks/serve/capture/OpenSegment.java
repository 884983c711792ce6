package dev.propensity.tasks.serve.capture;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** The segment that is written: rows of one model and of one hour. */
final class OpenSegment {
  private static final long MILLISECONDS = 3_600_000; // of an hour

  private final CapturedColumns columns;
  private final Path file;
  private final SegmentWriter writer;
  private final long hour; // since 1970
  private final long opened = System.nanoTime();
  private long added = opened; // the last rows
  private final @Nullable Mac mac;
  private long answered;
  private long captured; // of them, written or not
  private int at; // in the bytes that are read

  /**
   * @param time of the first row
   * @param server the server's process
   */
  OpenSegment(
      CapturedColumns columns, Path file, Instant time, CaptureSettings settings, String server) {
    IdentifierKey key = columns.identifier() == CapturedIdentifier.HMAC ? settings.key() : null;
    this.columns = columns;
    this.file = file;
    this.hour = hour(time.toEpochMilli());
    this.mac = key == null ? null : key.mac();
    this.writer =
        new SegmentWriter(
            file,
            new SegmentHeader(
                SegmentHeader.SCHEMA,
                settings.name(),
                columns.served().digest(),
                columns.served().version(),
                server,
                time.toString(),
                columns.identifier(),
                key == null ? null : key.id(),
                settings.rule().exclude()),
            columns.names());
  }

  Path file() {
    return file;
  }

  /** Whether these rows, by their model and time, belong to it. */
  boolean takes(CapturedRows rows) {
    return columns.served() == rows.columns().served() && hour == hour(rows.time());
  }

  private static long hour(long milliseconds) {
    return Math.floorDiv(milliseconds, MILLISECONDS);
  }

  boolean isFull(CaptureLimits limits) {
    return writer.length() >= limits.segmentBytes();
  }

  /** Whether it is old enough to be closed. */
  boolean isDue(Instant now, CaptureLimits limits) {
    long nanos = System.nanoTime();
    return limits.isDue(nanos - opened, nanos - added) || hour(now.toEpochMilli()) > hour;
  }

  void add(CapturedRows rows) {
    added = System.nanoTime();
    answered += rows.answered();
    captured += rows.rows();
    byte[] bytes = rows.bytes();
    for (int start = 0; start < rows.length(); ) {
      int end = start + RowBytes.getInt(bytes, start);
      float score = Float.intBitsToFloat(RowBytes.getInt(bytes, start + 8));
      writer.begin(rows.request(), RowBytes.getInt(bytes, start + 4), rows.time(), score);
      for (at = start + 12; at < end; ) {
        int place = number(bytes);
        int length = number(bytes);
        if (place == CapturedRequest.IDENTIFIER) {
          identifier(bytes, length);
        } else {
          writer.cell(place - 1, bytes, at, at + length);
        }
        at += length;
      }
      writer.end();
      start = end;
    }
  }

  private void identifier(byte[] bytes, int length) {
    if (mac == null) {
      writer.identifier(bytes, at, at + length);
    } else {
      byte[] hex = IdentifierKey.hex(mac, bytes, at, at + length);
      writer.identifier(hex, 0, hex.length);
    }
  }

  private int number(byte[] bytes) {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      number |= (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  SegmentHeader header() {
    return writer.header();
  }

  /** What it has counted so far. */
  SegmentCounts counts(Instant now) {
    return new SegmentCounts(
        captured, answered, answered - captured, 0, 0, new TreeMap<>(), null, now.toString());
  }

  /** Writes the rest, and what was counted. */
  void finish(SegmentCounts counts) {
    writer.finish(counts);
  }

  /** Closes the file of a segment that could not be written. */
  void abandon() {
    writer.close();
  }
}
