package dev.propensity.tasks.forget;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What remains of forgotten rows: {@code captures/<name>/forgotten/<id>.json}.
 *
 * @param key identifies the key of the HMACs; null where identifiers are not captured as HMAC
 * @param identifiers the HMACs of all identifiers, whether or not they had rows
 * @param segments how many were rewritten, files of requests among them
 * @param rows how many were removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Tombstone(
    int schema,
    String name,
    String who,
    String when,
    @Nullable String key,
    SortedSet<String> identifiers,
    int segments,
    long rows) {
  private static final int SCHEMA = 1;

  /** A tombstone with the time of now. */
  static Tombstone of(
      String name,
      String who,
      @Nullable String key,
      SortedSet<String> identifiers,
      int segments,
      long rows) {
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    return new Tombstone(SCHEMA, name, who, now, key, identifiers, segments, rows);
  }

  /** The same with files of requests that were rewritten, and the rows removed from them. */
  Tombstone with(int files, long more) {
    return new Tombstone(schema, name, who, when, key, identifiers, segments + files, rows + more);
  }

  /** Writes it; returns where it is. */
  S3Location write(ArtifactStore store) {
    String file = SegmentHeader.folder(name) + "/forgotten/" + UUID.randomUUID() + ".json";
    S3Location location = store.root().resolve(file);
    store.objects().writeIfAbsent(location, CanonicalJson.bytes(this));
    return location;
  }
}
