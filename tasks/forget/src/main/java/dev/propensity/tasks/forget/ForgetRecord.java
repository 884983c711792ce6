package dev.propensity.tasks.forget;

import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** The record of forgotten rows, which is written before the first of them is removed. */
final class ForgetRecord {
  private final ArtifactStore store;
  private final Tombstone tombstone;
  private @Nullable S3Location location;

  /**
   * @param name the dataset's name with its origin
   * @param who to record
   * @param identifiers whose rows are removed
   * @param key of the HMACs; null where there is none
   */
  ForgetRecord(
      ArtifactStore store,
      String name,
      String who,
      Set<String> identifiers,
      @Nullable IdentifierKey key) {
    this.store = store;
    this.tombstone =
        key == null
            ? Tombstone.of(name, who, null, new TreeSet<>())
            : Tombstone.of(name, who, key.id(), hashed(identifiers, key));
  }

  private static SortedSet<String> hashed(Set<String> identifiers, IdentifierKey key) {
    Mac mac = key.mac();
    return identifiers.stream()
        .map(identifier -> identifier.getBytes(StandardCharsets.UTF_8))
        .map(utf8 -> IdentifierKey.hex(mac, utf8, 0, utf8.length))
        .map(hex -> new String(hex, StandardCharsets.US_ASCII))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The HMACs of all identifiers; none without a key. */
  Set<String> hmacs() {
    return tombstone.identifiers();
  }

  /** Writes it, unless it was written before. */
  void write() {
    location = location != null ? location : tombstone.write(store);
  }

  /** Where it is: HMACs, no identifiers; empty where no row was removed. */
  Optional<S3Location> location() {
    return Optional.ofNullable(location);
  }
}
