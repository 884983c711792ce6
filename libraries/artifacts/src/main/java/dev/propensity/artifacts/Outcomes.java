package dev.propensity.artifacts;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.capture.Retention;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The batches of outcomes in the store: immutable, named by the digest of their rows.
 *
 * @param name the dataset's name with its origin
 */
public record Outcomes(ArtifactStore store, String name) {
  /** What is kept where nothing has written how long: the default of the specification. */
  private static final Duration DEFAULT = Duration.ofDays(365);

  /** All batches' keys below the store's root, in order. */
  public List<String> keys() {
    return keys(Optional.empty());
  }

  /** The keys of the batches that were received from a day to another, both included. */
  public List<String> received(Instant from, Instant to) {
    String last = OutcomeHeader.folder(name, to);
    S3Location before = store.root().resolve(OutcomeHeader.folder(name, from));
    return keys(Optional.of(before)).stream()
        .filter(key -> key.compareTo(last) < 0 || key.startsWith(last))
        .toList();
  }

  private List<String> keys(Optional<S3Location> after) {
    return KeptRows.keys(store, OutcomeHeader.folder(name), after);
  }

  /** The batch of these rows, whenever it was received. */
  public Optional<S3Location> find(Digest content) {
    String file = "/" + content.hex() + KeptRows.EXTENSION;
    return keys().stream().filter(key -> key.endsWith(file)).findFirst().map(store.root()::resolve);
  }

  /**
   * Stores a batch without reading anything; an existing one of the same rows is kept. One object
   * is put: a batch is there as a whole, or not at all.
   *
   * @param content of its rows
   * @param days how long batches are kept
   * @return whether it was stored; false if there was one
   */
  public boolean write(OutcomeHeader header, Digest content, Path file, int days) {
    store.objects().write(retention(), CanonicalJson.bytes(new Retention(days)));
    return store.objects().writeUnread(location(header, content), file);
  }

  /** Where a batch is. */
  public S3Location location(OutcomeHeader header, Digest content) {
    return store.root().resolve(header.key(content));
  }

  /** The batches of all datasets that are older than they are kept, in the order of their keys. */
  public static List<S3Location> expired(ArtifactStore store, Instant now) {
    return KeptRows.expired(
        store, OutcomeHeader.PREFIX, one -> new Outcomes(store, one).firstKept(now));
  }

  private String firstKept(Instant now) {
    return OutcomeHeader.folder(name, now.minus(kept().orElse(DEFAULT)));
  }

  private S3Location retention() {
    return store.root().resolve(Retention.key(OutcomeHeader.PREFIX, name));
  }

  /** How long outcomes are kept, and with them what they are joined to; empty without outcomes. */
  public Optional<Duration> kept() {
    S3Location place = retention();
    return store
        .objects()
        .read(place)
        .map(json -> Duration.ofDays(Retention.parse(json, place.toString()).days()));
  }
}
