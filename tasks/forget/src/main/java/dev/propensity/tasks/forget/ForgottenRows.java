package dev.propensity.tasks.forget;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes rows from segments, one segment after another. The record of it is written before the
 * first segment, and each segment is replaced by one put: wherever it is stopped, segments are
 * whole, the record is there, and the next run removes the rest.
 */
final class ForgottenRows {
  private static final Logger LOG = LoggerFactory.getLogger(ForgottenRows.class);

  private final ArtifactStore store;
  private final Set<String> plain;
  private final @Nullable IdentifierKey key;
  private final Set<String> hashed;
  private final ForgetRecord record;
  private final List<String> unreadable = new ArrayList<>();
  private final Set<String> otherKeys = new TreeSet<>();
  private int read;
  private int rewritten;
  private long removed;

  /**
   * @param identifiers whose rows are removed
   * @param key of the HMACs; null where there is none
   * @param record that is written before the first row is removed
   */
  ForgottenRows(
      ArtifactStore store,
      Set<String> identifiers,
      @Nullable IdentifierKey key,
      ForgetRecord record) {
    this.store = store;
    this.plain = identifiers;
    this.key = key;
    this.hashed = record.hmacs();
    this.record = record;
  }

  /** How many segments were read. */
  int read() {
    return read;
  }

  /** How many segments were rewritten. */
  int rewritten() {
    return rewritten;
  }

  /** How many rows were removed. */
  long removed() {
    return removed;
  }

  /**
   * Removes the rows from a segment; one without such rows stays as it is.
   *
   * @param segment its key below the store's root
   * @param scratch for temporary files
   */
  void removeFrom(String segment, Path scratch) throws IOException {
    S3Location location = store.root().resolve(segment);
    Path file = scratch.resolve("segment.arrow");
    Path kept = scratch.resolve("kept.arrow");
    if (!fetch(location, file)) {
      return;
    }
    long gone;
    try (SegmentReader reader = new SegmentReader(file, location.toString())) {
      gone = isReadable(reader.header()) ? copy(reader, kept) : 0;
      read++;
    } catch (UserException e) {
      LOG.warn("{}", e.getMessage());
      unreadable.add(segment);
      return;
    }
    if (gone > 0) {
      record.write();
      store.objects().write(location, kept);
      rewritten++;
      removed += gone;
    }
  }

  /** Fetches a segment; false where it was deleted since it was listed. */
  private boolean fetch(S3Location location, Path file) throws IOException {
    try (InputStream in = store.objects().open(location)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (UserException e) {
      if (store.objects().length(location).isPresent()) {
        throw e;
      }
      LOG.info("{} was deleted meanwhile", location);
      return false;
    }
  }

  // Rows without identifiers cannot be found, and are of nobody.
  private boolean isReadable(SegmentHeader header) {
    if (header.identifier() == CapturedIdentifier.HMAC
        && (key == null || !key.id().equals(header.key()))) {
      otherKeys.add(String.valueOf(header.key()));
      return false;
    }
    return header.isIdentified();
  }

  /** Writes the rows that stay; returns how many do not. */
  private long copy(SegmentReader reader, Path kept) {
    Set<String> wanted = reader.header().identifier() == CapturedIdentifier.HMAC ? hashed : plain;
    long gone = 0;
    try (SegmentWriter writer = new SegmentWriter(kept, reader.header(), reader.columns())) {
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          String identifier = batch.identifier(row);
          if (identifier != null && wanted.contains(identifier)) {
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

  /**
   * Fails if rows may remain in segments that could not be read.
   *
   * @throws UserException naming them, and the keys that are needed
   */
  void requireAllReadable() {
    if (!otherKeys.isEmpty()) {
      throw new UserException(
          "segments have identifiers by other keys ("
              + String.join(", ", otherKeys)
              + "): run it again with "
              + IdentifierKey.VARIABLE
              + " set to each of them; %,d rows were removed from the others".formatted(removed));
    }
    if (!unreadable.isEmpty()) {
      throw new UserException(
          "segments cannot be read, and may have the rows: delete them, or repair them and run it"
              + " again: "
              + String.join(", ", unreadable));
    }
  }
}
