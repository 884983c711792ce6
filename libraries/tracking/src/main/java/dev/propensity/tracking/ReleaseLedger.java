package dev.propensity.tracking;

import dev.propensity.artifact.ArtifactStore;
import dev.propensity.artifact.S3Location;
import java.util.Optional;

/**
 * A data set's numbered, append-only series of releases at {@code <store>/<name>/releases/}: the
 * one truth that endpoints follow and MLflow's aliases mirror.
 */
public final class ReleaseLedger {

  /**
   * @param name the data set's name with its origin
   */
  public ReleaseLedger(ArtifactStore store, String name) {}

  /** The ledger that this entry's location belongs to. */
  public static ReleaseLedger of(ArtifactStore store, S3Location entry) {
    throw new UnsupportedOperationException();
  }

  /** The last entry, which holds the state; nothing where nothing was ever registered. */
  public Optional<LedgerEntry> latest() {
    throw new UnsupportedOperationException();
  }

  /** The last entry where it is newer than the given number: one cheap request, for polling. */
  public Optional<LedgerEntry> newerThan(int number) {
    throw new UnsupportedOperationException();
  }

  /** The champion, or nothing where there is none yet. */
  public Optional<Release> champion() {
    return latest().map(LedgerEntry::champion);
  }

  /** The entry of this number. */
  public LedgerEntry entry(int number) {
    throw new UnsupportedOperationException();
  }

  /** Where the entry of this number stands. */
  public S3Location location(int number) {
    throw new UnsupportedOperationException();
  }

  /** Appends what {@code next} makes of the last entry; where another writer came first, again. */
  public LedgerEntry append(java.util.function.Function<Optional<LedgerEntry>, LedgerEntry> next) {
    throw new UnsupportedOperationException();
  }
}
