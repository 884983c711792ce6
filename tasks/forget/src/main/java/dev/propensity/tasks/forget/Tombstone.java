package dev.propensity.tasks.forget;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What remains of forgotten rows: {@code <name>/forgotten/<id>.json}, which no rule of a bucket
 * deletes with the rows. It has no number of rows, since a task that was killed could not add the
 * last one.
 *
 * @param who began to forget them, at the time of {@code when}
 * @param key identifies the key of the HMACs; null where identifiers are not captured as HMAC
 * @param identifiers the HMACs of all identifiers, whether or not they had rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Tombstone(
    int schema,
    String name,
    String who,
    String when,
    @Nullable String key,
    SortedSet<String> identifiers) {
  private static final int SCHEMA = 1;
  private static final int ID_LENGTH = 32;

  /** A tombstone with the time of now. */
  static Tombstone of(
      String name, String who, @Nullable String key, SortedSet<String> identifiers) {
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    return new Tombstone(SCHEMA, name, who, now, key, identifiers);
  }

  /**
   * Writes it; returns where it is. One of the same HMACs that an earlier run wrote is kept, so
   * that a run that is repeated leaves one.
   */
  S3Location write(ArtifactStore store) {
    S3Location location = store.root().resolve(name + "/forgotten/" + id() + ".json");
    store.objects().writeIfAbsent(location, CanonicalJson.bytes(this));
    return location;
  }

  private String id() {
    return key == null
        ? UUID.randomUUID().toString()
        : Digest.of(key + " " + String.join(" ", identifiers)).hex().substring(0, ID_LENGTH);
  }
}
