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
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes rows from segments, one segment after another: a stop in between loses nothing. */
final class ForgottenRows {
  private static final Logger LOG = LoggerFactory.getLogger(ForgottenRows.class);

  private final ArtifactStore store;
  private final Set<String> plain;
  private final @Nullable IdentifierKey key;
  private final Set<String> hashed;
  private final List<String> unreadable = new ArrayList<>();
  private final Set<String> otherKeys = new TreeSet<>();
  private int read;
  private int rewritten;
  private long removed;

  /**
   * @param identifiers whose rows are removed
   * @param key of the HMACs; null where there is none
   */
  ForgottenRows(ArtifactStore store, Set<String> identifiers, @Nullable IdentifierKey key) {
    this.store = store;
    this.plain = identifiers;
    this.key = key;
    this.hashed = key == null ? Set.of() : hashed(identifiers, key);
  }

  private static Set<String> hashed(Set<String> identifiers, IdentifierKey key) {
    Mac mac = key.mac();
    return identifiers.stream()
        .map(identifier -> identifier.getBytes(StandardCharsets.UTF_8))
        .map(utf8 -> IdentifierKey.hex(mac, utf8, 0, utf8.length))
        .map(hex -> new String(hex, StandardCharsets.US_ASCII))
        .collect(Collectors.toSet());
  }

  /** How many segments were read. */
  int read() {
    return read;
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
    try (InputStream in = store.objects().open(location)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    try (SegmentReader reader = new SegmentReader(file, location.toString())) {
      read++;
      SegmentHeader header = reader.header();
      if (!isReadable(header)) {
        return;
      }
      Path kept = scratch.resolve("kept.arrow");
      long rows = copy(reader, kept);
      if (rows > 0) {
        store.objects().write(location, kept);
        rewritten++;
        removed += rows;
      }
    } catch (UserException e) {
      LOG.warn("{}", e.getMessage());
      unreadable.add(segment);
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

  /** What is recorded: HMACs, no identifiers. */
  Tombstone tombstone(String name, String who) {
    return Tombstone.of(
        name, who, key == null ? null : key.id(), new TreeSet<>(hashed), rewritten, removed);
  }
}
