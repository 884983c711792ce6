package dev.propensity.tasks.verify;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.FileEntry;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.task.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares files with their digests, and collects the differences. */
final class Verification {
  private final ArtifactStore store;
  private final Set<S3Location> seen = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private int files;
  private long bytes;

  Verification(ArtifactStore store) {
    this.store = store;
  }

  /**
   * The artifact at this location, with a valid manifest.
   *
   * @throws UserException if there is none
   */
  Artifact artifact(S3Location uri) {
    return store
        .find(uri)
        .orElseThrow(() -> new UserException(uri.resolve(Manifest.NAME) + " is missing"));
  }

  void fault(@Nullable String text) {
    faults.add(text);
  }

  /** Compares every file of the artifact, and of all artifacts it was derived from. */
  void withInputs(Artifact artifact) {
    if (!seen.add(artifact.uri())) {
      return;
    }
    artifact.manifest().files().forEach((file, entry) -> compare(artifact, file, entry));
    artifact.manifest().inputs().values().forEach(this::follow);
  }

  private void compare(Artifact artifact, String file, FileEntry entry) {
    files++;
    bytes += entry.bytes();
    try (InputStream in = store.open(artifact, file)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (UserException e) {
      fault(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow(Input input) {
    S3Location manifest = input.uri().resolve(Manifest.NAME);
    try {
      Optional<Artifact> found = store.find(input.uri());
      if (found.isEmpty()) {
        fault(manifest + " is missing");
        return;
      }
      if (!found.get().digest().equals(input.digest())) {
        fault(manifest + " has changed since it was used: its digest differs");
      }
      withInputs(found.get());
    } catch (UserException e) {
      fault(e.getMessage());
    }
  }

  /**
   * Compares a local copy of the artifact; the folder may contain no other files except the
   * manifest, which is compared too.
   */
  void copy(Artifact artifact, Path folder) {
    seen.add(artifact.uri());
    Map<String, FileEntry> entries = artifact.manifest().files();
    entries.forEach((file, entry) -> compare(folder.resolve(file), entry));
    Path manifest = folder.resolve(Manifest.NAME);
    if (Files.isRegularFile(manifest)) {
      compare(manifest, artifact.digest());
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> !entries.containsKey(folder.relativize(file).toString()))
          .filter(file -> !folder.relativize(file).toString().equals(Manifest.NAME))
          .sorted()
          .forEach(file -> fault(file + " is not a file of " + artifact.uri()));
    } catch (IOException e) {
      throw new UserException("cannot read the folder " + folder, e);
    }
  }

  private void compare(Path file, FileEntry entry) {
    files++;
    bytes += entry.bytes();
    if (!Files.isRegularFile(file)) {
      fault(file + " is missing");
    } else {
      compare(file, entry.sha256());
    }
  }

  private void compare(Path file, Digest recorded) {
    if (!Digest.of(file).equals(recorded)) {
      fault(file + " differs from the recorded digest " + recorded.abbreviated(12) + "…");
    }
  }

  /**
   * The result, on one line.
   *
   * @throws UserException that lists each file that differs
   */
  Outcome outcome(S3Location uri) {
    String all =
        String.format(
            Locale.ROOT,
            "%s, %s, %,d bytes",
            counted(seen.size(), "artifact"),
            counted(files, "file"),
            bytes);
    if (!faults.isEmpty()) {
      throw new UserException(
          String.join("\n", faults) + "\n" + counted(faults.size(), "fault") + " in " + all);
    }
    return Outcome.unchanged(uri, all + ": all match the recorded digests");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
