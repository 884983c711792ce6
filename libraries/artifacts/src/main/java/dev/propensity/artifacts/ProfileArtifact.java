package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The profile of a window's captured rows. */
public record ProfileArtifact(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "collect";

  /** The segments that were counted: the digest of each by its key, below the store's root. */
  public static final String SEGMENTS = "segments.json";

  /**
   * The profile at this location.
   *
   * @throws dev.propensity.foundation.UserException if there is none
   */
  public static ProfileArtifact require(ArtifactStore store, S3Location uri) {
    return new ProfileArtifact(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /**
   * What was computed. Segments are not inputs as artifacts are, since they are deleted when their
   * days are over: the key has the digest of their digests, so that a late one makes another
   * artifact.
   *
   * @param sensitive the columns whose scores are counted by group
   * @param segments the digest of each segment by its key
   */
  public static Computation computation(
      DatasetSpec spec,
      Profile profile,
      TrainedModelArtifact model,
      List<String> sensitive,
      SortedMap<String, Digest> segments,
      Digest code) {
    SortedMap<String, JsonNode> parameters = SpecificationSections.of(spec, "monitor");
    parameters.put("window", CanonicalJson.mapper().valueToTree(profile.window()));
    parameters.put("sensitive", CanonicalJson.mapper().valueToTree(sensitive));
    parameters.put("segments", new TextNode(CanonicalJson.digest(segments).hex()));
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put(TrainedModelArtifact.INPUT, model.asInput());
    return new Computation(
        spec.name(), Origin.ofName(profile.name()), PRODUCER, code, parameters, inputs);
  }

  /** Writes the files into this folder. */
  public static void write(Path folder, Profile profile, SortedMap<String, Digest> segments)
      throws IOException {
    Files.write(folder.resolve(Profile.FILE), CanonicalJson.bytes(profile));
    Files.write(folder.resolve(SEGMENTS), CanonicalJson.bytes(segments));
  }

  /** Reads the profile. */
  public Profile profile() {
    return Profile.parse(files.read(Profile.FILE), files.location(Profile.FILE).toString());
  }

  /** The model whose baseline has the profile's bins. */
  public Input model() {
    return Objects.requireNonNull(
        artifact().manifest().inputs().get(TrainedModelArtifact.INPUT), TrainedModelArtifact.INPUT);
  }
}
