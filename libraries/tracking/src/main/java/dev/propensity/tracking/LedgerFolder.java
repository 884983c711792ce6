package dev.propensity.tracking;

import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The location of a ledger's entries: {@code <store>/<name>/releases/}.
 *
 * <p>Earlier versions wrote {@code -sample} for {@code -synthetic}. Where only a ledger of that
 * name has entries, it is the one that is read and continued.
 */
final class LedgerFolder {
  /** The folder's name below the ledger's. */
  static final String NAME = "releases";

  private final ArtifactStore store;
  private final S3Location own;
  private final Optional<S3Location> former;

  /** The folder, once entries were found there. */
  private volatile @Nullable S3Location found;

  private LedgerFolder(ArtifactStore store, String name, Optional<String> former) {
    this.store = store;
    this.own = of(store, name);
    this.former = former.map(other -> of(store, other));
  }

  /** The folder of this name's entries, or of its former name's. */
  static LedgerFolder named(ArtifactStore store, String name) {
    return new LedgerFolder(store, name, Origin.formerName(name));
  }

  /** The folder at exactly this name. */
  static LedgerFolder at(ArtifactStore store, String name) {
    return new LedgerFolder(store, name, Optional.empty());
  }

  private static S3Location of(ArtifactStore store, String name) {
    return store.root().resolve(name + "/" + NAME);
  }

  S3Location location() {
    if (former.isEmpty()) {
      return own;
    }
    if (found == null) {
      if (hasEntries(own)) {
        found = own;
      } else if (hasEntries(former.get())) {
        found = former.get();
      }
    }
    return found == null ? own : found;
  }

  private boolean hasEntries(S3Location folder) {
    return !store.objects().list(folder, Optional.empty()).isEmpty();
  }
}
