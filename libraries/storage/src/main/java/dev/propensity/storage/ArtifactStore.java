package dev.propensity.storage;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Artifacts on S3. An artifact exists when its manifest does: files are uploaded first, the
 * manifest last and only if none exists.
 */
public final class ArtifactStore {
  private final ObjectStore objects;
  private final S3Location root;

  /**
   * @param objects the S3 server's objects
   * @param root the stage's store, {@code PROPENSITY_STORE}
   */
  public ArtifactStore(ObjectStore objects, S3Location root) {
    this.objects = objects;
    this.root = root;
  }

  /** The stage's store, the prefix of all artifacts. */
  public S3Location root() {
    return root;
  }

  /** The key of a location in this store, below its root: without a slash at its begin. */
  public String relative(S3Location location) {
    return location.key().substring(root.key().isEmpty() ? 0 : root.key().length() + 1);
  }

  /** The objects behind this store. */
  public ObjectStore objects() {
    return objects;
  }

  /** The artifact at this location, or empty where there is none. Does not check its files. */
  public Optional<Artifact> find(S3Location uri) {
    S3Location manifest = uri.resolve(Manifest.NAME);
    return objects.read(manifest).map(bytes -> artifact(uri, bytes, manifest));
  }

  private static Artifact artifact(S3Location uri, byte[] bytes, S3Location location) {
    Manifest manifest = Manifest.parse(bytes, location.toString());
    if (!manifest.computation().isAt(uri)) {
      throw new UserException(
          location
              + " is not of this artifact: its own place ends with "
              + manifest.computation().path());
    }
    return new Artifact(uri, manifest, Digest.of(bytes));
  }

  /**
   * The artifact at this location, whatever task wrote it.
   *
   * @throws UserException if there is none, or its manifest is damaged
   */
  public Artifact require(S3Location uri) {
    return find(uri)
        .orElseThrow(
            () -> new UserException("no artifact at " + uri + ": it has no " + Manifest.NAME));
  }

  /**
   * The artifact at this location.
   *
   * @param task the task that must have written it: a model is rejected where features are expected
   * @throws UserException if there is none, its manifest is damaged, or another task wrote it
   */
  public Artifact require(S3Location uri, String task) {
    Artifact artifact = require(uri);
    if (!artifact.manifest().task().equals(task)) {
      throw new UserException(
          uri
              + " is what "
              + artifact.manifest().task()
              + " wrote; an artifact of "
              + task
              + " is expected");
    }
    return artifact;
  }

  /** Whether every file of the artifact exists with its length. One listing, no downloads. */
  public boolean isComplete(Artifact artifact) {
    return completedAt(artifact).isPresent();
  }

  /**
   * When the artifact was finished, or empty where a file is missing or has another length. One
   * listing, no downloads.
   */
  public Optional<Instant> completedAt(Artifact artifact) {
    Map<S3Location, StoredObject> there =
        objects.objects(artifact.uri(), Optional.empty()).stream()
            .collect(Collectors.toMap(StoredObject::location, object -> object));
    boolean complete =
        artifact.manifest().files().entrySet().stream()
            .allMatch(
                file -> {
                  StoredObject object = there.get(artifact.uri().resolve(file.getKey()));
                  return object != null && object.bytes() == file.getValue().bytes();
                });
    return Optional.ofNullable(there.get(artifact.uri().resolve(Manifest.NAME)))
        .filter(manifest -> complete)
        .map(StoredObject::modified);
  }

  /**
   * One file of the artifact as it arrives. The digest is checked at the end of the stream: a
   * damaged file is a {@link UserException} that names it, thrown by the last read.
   */
  public InputStream open(Artifact artifact, String file) {
    S3Location location = artifact.uri().resolve(file);
    FileEntry entry = artifact.manifest().files().get(file);
    if (entry == null) {
      throw new UserException(
          artifact.uri()
              + " has no file "
              + file
              + "; it has "
              + String.join(", ", artifact.manifest().files().keySet()));
    }
    return new DigestCheckedStream(objects.open(location), entry, location.toString());
  }

  /**
   * Downloads files of the artifact into a folder and checks their digests.
   *
   * @param files their paths below the artifact; none given means all
   * @return the folder
   */
  public Path fetch(Artifact artifact, Path folder, String... files) {
    Collection<String> names =
        files.length == 0 ? artifact.manifest().files().keySet() : List.of(files);
    for (String file : names) {
      Path target = folder.resolve(file).normalize();
      if (!target.startsWith(folder)) {
        throw new UserException(artifact.uri() + " names a file outside of it: " + file);
      }
      try (InputStream in = open(artifact, file)) {
        Files.createDirectories(target.getParent());
        Files.copy(in, target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  /**
   * Commits the files that a computation wrote into a folder as an artifact: files first, the
   * manifest last. Where an equal artifact exists, missing or damaged files are repaired.
   *
   * @throws UserException if an artifact of different bytes exists ("not reproducible"), which is
   *     kept
   */
  public Artifact commit(Computation computation, Path folder) {
    S3Location uri = computation.location(root);
    S3Location location = uri.resolve(Manifest.NAME);
    Manifest manifest = Manifest.of(computation, entries(folder));
    byte[] bytes = CanonicalJson.bytes(manifest);
    objects.read(location).ifPresent(there -> requireEqual(manifest, bytes, there, location));
    manifest
        .files()
        .forEach(
            (file, entry) ->
                objects.write(uri.resolve(file), folder.resolve(file), entry.sha256()));
    requireEqual(manifest, bytes, objects.writeIfAbsent(location, bytes), location);
    // As it is read back, where 1.0 is 1, so that equal manifests compare as equal.
    return artifact(uri, bytes, location);
  }

  private static SortedMap<String, FileEntry> entries(Path folder) {
    SortedMap<String, FileEntry> entries = new ConcurrentSkipListMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile).toList().parallelStream()
          .forEach(
              file -> {
                String name = folder.relativize(file).toString().replace('\\', '/');
                entries.put(name, new FileEntry(file.toFile().length(), Digest.of(file)));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static void requireEqual(
      Manifest manifest, byte[] bytes, byte[] there, S3Location location) {
    if (Arrays.equals(bytes, there)) {
      return;
    }
    SortedMap<String, FileEntry> old = Manifest.parse(there, location.toString()).files();
    TreeSet<String> different = new TreeSet<>(old.keySet());
    different.addAll(manifest.files().keySet());
    different.removeIf(
        file -> old.containsKey(file) && old.get(file).equals(manifest.files().get(file)));
    throw new UserException(
        "not reproducible: "
            + (different.isEmpty() ? Manifest.NAME : String.join(", ", different))
            + (different.size() == 1 || different.isEmpty() ? " differs" : " differ")
            + " from the earlier result of the same computation at "
            + location
            + ", which is kept");
  }
}
