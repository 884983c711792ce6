package dev.propensity.tracking;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A dataset's numbered, append-only series of releases at {@code <store>/<name>/releases/}: the
 * single source of truth that endpoints follow and MLflow's aliases mirror.
 */
public final class ReleaseLedger {
  private final String name;
  private final LedgerFolder folder;
  private final NumberedEntries<LedgerEntry> entries;

  /**
   * @param name the dataset's name with its origin; {@code -sample}, as earlier versions wrote it,
   *     means {@code -synthetic}
   */
  public ReleaseLedger(ArtifactStore store, String name) {
    this(store, Origin.currentName(name), LedgerFolder.named(store, Origin.currentName(name)));
  }

  private ReleaseLedger(ArtifactStore store, String name, LedgerFolder folder) {
    this.name = name;
    this.folder = folder;
    this.entries = new NumberedEntries<>(store, name, folder::location, LedgerEntry::parse);
  }

  /** The ledger whose entries are at exactly {@code <store>/<name>/releases/}. */
  public static ReleaseLedger at(ArtifactStore store, String name) {
    return new ReleaseLedger(store, Origin.currentName(name), LedgerFolder.at(store, name));
  }

  /**
   * The ledger that this entry's location belongs to.
   *
   * @throws UserException if it is not a location of an entry in this store
   */
  public static ReleaseLedger of(ArtifactStore store, S3Location entry) {
    String[] parts = entry.key().split("/");
    if (parts.length >= 3) {
      ReleaseLedger ledger = at(store, parts[parts.length - 3]);
      if (ledger.entries.numberAt(entry).isPresent()) {
        return ledger;
      }
    }
    throw new UserException(
        entry
            + " is no ledger entry of this store: write "
            + store.root().resolve("<name>/" + LedgerFolder.NAME + "/000001.json"));
  }

  /** The dataset's name with its origin. */
  public String name() {
    return name;
  }

  /** The last entry, which has the current state; empty where no model was registered. */
  public Optional<LedgerEntry> latest() {
    return newerThan(0);
  }

  /** The last entry where it is newer than the given number: one cheap request, for polling. */
  public Optional<LedgerEntry> newerThan(int number) {
    return entries.newerThan(number);
  }

  /** All entries that are newer than the given number, in order. */
  public List<LedgerEntry> after(int number) {
    return entries.after(number);
  }

  /** The last entries, at most so many, in order. */
  public List<LedgerEntry> last(int most) {
    return entries.last(most);
  }

  /** The champion, or empty where there is none yet. */
  public Optional<Release> champion() {
    return latest().map(LedgerEntry::champion);
  }

  /** The champion just before an instant, or empty where there was none yet. */
  public Optional<Release> championBefore(Instant end) {
    Optional<LedgerEntry> then = latest();
    while (then.isPresent() && !Instant.parse(then.get().when()).isBefore(end)) {
      int number = then.get().number();
      then = number == 1 ? Optional.empty() : Optional.of(entry(number - 1));
    }
    return then.map(LedgerEntry::champion);
  }

  /**
   * The entry of this number.
   *
   * @throws UserException if there is none or it is damaged
   */
  public LedgerEntry entry(int number) {
    return entries.entry(number);
  }

  /**
   * The entry at this location.
   *
   * @throws UserException if there is none, it is damaged, or of another ledger
   */
  public LedgerEntry entry(S3Location location) {
    return entry(
        entries
            .numberAt(location)
            .orElseThrow(
                () -> new UserException(location + " is no entry of " + folder.location())));
  }

  /** The location of the entry with this number. */
  public S3Location location(int number) {
    return entries.location(number);
  }

  /**
   * Appends the entry that {@code next} creates from the last one; retries with the newer last
   * entry where another writer was first.
   *
   * @param next may return the last entry itself: then nothing is appended
   * @return the entry that {@code next} returned
   */
  public LedgerEntry append(Function<Optional<LedgerEntry>, LedgerEntry> next) {
    return entries.append(next);
  }
}
