package dev.propensity.tasks.prune;

import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files at an artifact's location, complete or left behind by a killed task.
 *
 * @param finished whether it has a manifest
 * @param written when its last object was written
 */
record StoredArtifact(
    S3Location uri, List<S3Location> objects, boolean finished, long bytes, Instant written) {
  // <dataset>[-synthetic]/<task>/<key>/…, unlike ledgers and the inbox.
  private static final Pattern PLACE = Pattern.compile("([^/]+/[a-z]+/[0-9a-f]{64})/.+");

  /** All artifacts of this store, from one listing. */
  static List<StoredArtifact> all(ArtifactStore store) {
    Map<String, List<StoredObject>> places = new TreeMap<>();
    for (StoredObject object : store.objects().objects(store.root(), Optional.empty())) {
      Matcher matcher = PLACE.matcher(store.relative(object.location()));
      if (matcher.matches() && !matcher.group(1).startsWith("inbox/")) {
        places.computeIfAbsent(matcher.group(1), place -> new ArrayList<>()).add(object);
      }
    }
    return places.entrySet().stream()
        .map(place -> of(store.root().resolve(place.getKey()), place.getValue()))
        .toList();
  }

  private static StoredArtifact of(S3Location uri, List<StoredObject> objects) {
    S3Location manifest = uri.resolve(Manifest.NAME);
    List<S3Location> locations = objects.stream().map(StoredObject::location).toList();
    return new StoredArtifact(
        uri,
        locations,
        locations.contains(manifest),
        objects.stream().mapToLong(StoredObject::bytes).sum(),
        objects.stream().map(StoredObject::modified).max(Instant::compareTo).orElseThrow());
  }

  /** Deletes it, the manifest first: without it, it is not an artifact. */
  void remove(ArtifactStore store) {
    store.objects().delete(uri.resolve(Manifest.NAME));
    objects.forEach(store.objects()::delete);
  }
}
