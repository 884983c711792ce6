package dev.propensity.tracking;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dataset's numbered, append-only series of releases at {@code <store>/<name>/releases/}: the
 * single source of truth that endpoints follow and MLflow's aliases mirror.
 */
public final class ReleaseLedger {
  private static final Pattern ENTRY = Pattern.compile("(\\d{6})\\.json");

  private final ArtifactStore store;
  private final String name;
  private final LedgerFolder folder;

  /**
   * @param name the dataset's name with its origin; {@code -sample}, as earlier versions wrote it,
   *     means {@code -synthetic}
   */
  public ReleaseLedger(ArtifactStore store, String name) {
    this(store, Origin.currentName(name), LedgerFolder.named(store, Origin.currentName(name)));
  }

  private ReleaseLedger(ArtifactStore store, String name, LedgerFolder folder) {
    this.store = store;
    this.name = name;
    this.folder = folder;
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
      if (ledger.numberAt(entry).isPresent()) {
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
    Optional<S3Location> after = number == 0 ? Optional.empty() : Optional.of(location(number));
    List<Integer> numbers =
        store.objects().list(folder.location(), after).stream()
            .map(this::numberAt)
            .flatMap(Optional::stream)
            .toList();
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    int last = numbers.get(numbers.size() - 1);
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != number + 1 + i) {
        throw new UserException(
            "the ledger at "
                + folder.location()
                + " has a gap: "
                + location(number + 1 + i)
                + " is missing");
      }
    }
    return Optional.of(entry(last));
  }

  /** The champion, or empty where there is none yet. */
  public Optional<Release> champion() {
    return latest().map(LedgerEntry::champion);
  }

  /**
   * The entry of this number.
   *
   * @throws UserException if there is none or it is damaged
   */
  public LedgerEntry entry(int number) {
    return find(number)
        .orElseThrow(() -> new UserException("no ledger entry at " + location(number)));
  }

  /**
   * The entry at this location.
   *
   * @throws UserException if there is none, it is damaged, or of another ledger
   */
  public LedgerEntry entry(S3Location location) {
    return entry(
        numberAt(location)
            .orElseThrow(
                () -> new UserException(location + " is no entry of " + folder.location())));
  }

  /** The location of the entry with this number. */
  public S3Location location(int number) {
    return folder.location().resolve(String.format(Locale.ROOT, "%06d.json", number));
  }

  /**
   * Appends the entry that {@code next} creates from the last one; retries with the newer last
   * entry where another writer was first.
   *
   * @param next may return the last entry itself: then nothing is appended
   * @return the entry that {@code next} returned
   */
  public LedgerEntry append(Function<Optional<LedgerEntry>, LedgerEntry> next) {
    Optional<LedgerEntry> last = latest();
    while (true) {
      LedgerEntry entry = next.apply(last);
      int number = last.map(LedgerEntry::number).orElse(0);
      if (entry.number() <= number) {
        return entry;
      }
      if (entry.number() != number + 1 || !entry.name().equals(name)) {
        throw new IllegalArgumentException(entry + " does not follow " + number + " of " + name);
      }
      byte[] bytes = CanonicalJson.bytes(entry);
      if (Arrays.equals(bytes, store.objects().writeIfAbsent(location(number + 1), bytes))) {
        return entry;
      }
      last = newerThan(number);
      if (last.isEmpty()) {
        throw new UnavailableException(location(number + 1) + " is there but not listed yet");
      }
    }
  }

  private Optional<LedgerEntry> find(int number) {
    S3Location location = location(number);
    return store
        .objects()
        .read(location)
        .map(
            bytes -> {
              LedgerEntry entry = LedgerEntry.parse(bytes, location.toString());
              if (entry.number() != number || !entry.name().equals(name)) {
                throw new UserException(
                    location + " is the entry " + entry.number() + " of " + entry.name());
              }
              return entry;
            });
  }

  private Optional<Integer> numberAt(S3Location location) {
    String prefix = folder.location().key() + "/";
    if (!location.bucket().equals(folder.location().bucket())
        || !location.key().startsWith(prefix)) {
      return Optional.empty();
    }
    Matcher matcher = ENTRY.matcher(location.key().substring(prefix.length()));
    return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }
}
