package dev.propensity.tasks.forget;

import dev.propensity.artifacts.FetchedFile;
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
import java.nio.file.Path;
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
  private final @Nullable IdentifierKey hmacKey;
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
    this.hmacKey = key;
    this.hashed = record.hmacs();
    this.record = record;
  }

  /** How many segments and batches were read. */
  int read() {
    return read;
  }

  /** How many segments and batches were rewritten. */
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
    removed += rewrite(segment, scratch, this::copySegment);
  }

  /**
   * Removes the outcomes from a batch; one without such outcomes stays as it is. A batch that is
   * rewritten keeps its name, so that the same table is not stored again.
   *
   * @param batch its key below the store's root
   */
  void removeOutcomesFrom(String batch, Path scratch) throws IOException {
    outcomes += rewrite(batch, scratch, this::copyBatch);
  }

  /** Copies a file without the rows of the identifiers; returns how many these are. */
  private interface Copy {
    /**
     * @param where the file's name, for errors
     * @throws UserException if it cannot be read
     */
    long without(Path file, String where, Path kept);
  }

  private long copySegment(Path file, String where, Path kept) {
    try (SegmentReader reader = new SegmentReader(file, where)) {
      return isReadable(reader.header())
          ? SegmentCopy.without(wanted(reader.header().identifier()), reader, kept)
          : 0;
    }
  }

  private long copyBatch(Path file, String where, Path kept) {
    try (OutcomeBatchReader reader = new OutcomeBatchReader(file, where)) {
      OutcomeHeader header = reader.header();
      return hasKeyOf(header.identifier(), header.key())
          ? OutcomeCopy.without(wanted(header.identifier()), reader, kept)
          : 0;
    }
  }

  /** Replaces an object by its copy, if rows are removed; returns how many are. */
  private long rewrite(String key, Path scratch, Copy copy) throws IOException {
    S3Location location = store.root().resolve(key);
    Path file = scratch.resolve("file.arrow");
    Path kept = scratch.resolve("kept.arrow");
    if (new FetchedFile(store.objects(), file).fetch(location) == null) {
      return 0;
    }
    long gone;
    try {
      gone = copy.without(file, location.toString(), kept);
      read++;
    } catch (UserException e) {
      LOG.warn("{}", e.getMessage());
      unreadable.add(key);
      return 0;
    }
    if (gone > 0) {
      record.write();
      store.objects().write(location, kept);
      rewritten++;
    }
    return gone;
  }

  // Rows without identifiers cannot be found, and are of nobody.
  private boolean isReadable(SegmentHeader header) {
    return header.isIdentified() && hasKeyOf(header.identifier(), header.key());
  }

  private boolean hasKeyOf(CapturedIdentifier mode, @Nullable String id) {
    if (mode == CapturedIdentifier.HMAC && (hmacKey == null || !hmacKey.id().equals(id))) {
      otherKeys.add(String.valueOf(id));
      return false;
    }
    return true;
  }

  private Set<String> wanted(CapturedIdentifier mode) {
    return mode == CapturedIdentifier.HMAC ? hashed : plain;
  }

  /** Where rows may remain, with the keys that are needed; empty if all files could be read. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!otherKeys.isEmpty()) {
      problems.add(
          "files have identifiers by other keys (%s): run it again with %s set to each of them; %,d rows and %,d outcomes were removed from the others"
              .formatted(String.join(", ", otherKeys), IdentifierKey.VARIABLE, removed, outcomes));
    }
    if (!unreadable.isEmpty()) {
      problems.add(
          "files cannot be read, and may have the rows: delete them, or repair them and run it"
              + " again: "
              + String.join(", ", unreadable));
    }
    return problems;
  }
}
