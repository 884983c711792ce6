package dev.propensity.tasks.forget;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.outcome.OutcomeBatchReader;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
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
 * Removes rows from segments, and outcomes from batches, one file after another. The record of it
 * is written before the first one, and each is replaced by one put: wherever it is stopped, files
 * are whole, the record is there, and the next run removes the rest.
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
  private long outcomes;

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

  /** How many outcomes were removed. */
  long outcomes() {
    return outcomes;
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
      gone =
          isReadable(reader.header())
              ? SegmentCopy.without(wanted(reader.header().identifier()), reader, kept)
              : 0;
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

  /**
   * Removes the outcomes from a batch; one without such outcomes stays as it is. A batch that is
   * rewritten keeps its name, so that the same table is not stored again.
   *
   * @param batch its key below the store's root
   */
  void removeOutcomesFrom(String batch, Path scratch) throws IOException {
    S3Location location = store.root().resolve(batch);
    Path file = scratch.resolve("outcomes.arrow");
    Path kept = scratch.resolve("kept.arrow");
    if (!fetch(location, file)) {
      return;
    }
    long gone;
    try (OutcomeBatchReader reader = new OutcomeBatchReader(file, location.toString())) {
      OutcomeHeader header = reader.header();
      gone =
          hasKeyOf(header.identifier(), header.key())
              ? OutcomeCopy.without(wanted(header.identifier()), reader, kept)
              : 0;
    } catch (UserException e) {
      LOG.warn("{}", e.getMessage());
      unreadable.add(batch);
      return;
    }
    if (gone > 0) {
      record.write();
      store.objects().write(location, kept);
      outcomes += gone;
    }
  }

  // Rows without identifiers cannot be found, and are of nobody.
  private boolean isReadable(SegmentHeader header) {
    return header.isIdentified() && hasKeyOf(header.identifier(), header.key());
  }

  private boolean hasKeyOf(CapturedIdentifier mode, @Nullable String id) {
    if (mode == CapturedIdentifier.HMAC && (key == null || !key.id().equals(id))) {
      otherKeys.add(String.valueOf(id));
      return false;
    }
    return true;
  }

  private Set<String> wanted(CapturedIdentifier mode) {
    return mode == CapturedIdentifier.HMAC ? hashed : plain;
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
