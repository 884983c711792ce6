package dev.propensity.artifacts;

import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Arrow files of rows below {@code <prefix>/<name>/}, whose keys have their days. */
final class KeptRows {
  static final String EXTENSION = ".arrow";

  private KeptRows() {}

  /** The keys below the store's root of the files in a folder, in order. */
  static List<String> keys(ArtifactStore store, String folder, Optional<S3Location> after) {
    return store.objects().list(store.root().resolve(folder), after).stream()
        .map(store::relative)
        .filter(key -> key.endsWith(EXTENSION))
        .toList();
  }

  /**
   * The files of all datasets that are older than they are kept, in the order of their keys. The
   * store is listed once.
   *
   * @param firstKept by the dataset's name, the key below the store's root at which those begin
   *     that are kept; called once for each
   */
  static List<S3Location> expired(
      ArtifactStore store, String prefix, Function<String, String> firstKept) {
    Map<String, String> known = new HashMap<>();
    return keys(store, prefix, Optional.empty()).stream()
        .filter(key -> key.compareTo(known.computeIfAbsent(key.split("/")[1], firstKept)) < 0)
        .map(store.root()::resolve)
        .toList();
  }
}
