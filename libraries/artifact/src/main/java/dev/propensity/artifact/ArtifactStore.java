package dev.propensity.artifact;

import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Artifacts on S3. An artifact exists when its manifest does: files go up first, the manifest last
 * and only where none is.
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

  /** The stage's store, below which all artifacts stand. */
  public S3Location root() {
    return root;
  }

  /** The objects behind this store. */
  public ObjectStore objects() {
    return objects;
  }

  /** The artifact at this location, or nothing where there is none. Files are not looked at. */
  public Optional<Artifact> find(S3Location uri) {
    throw new UnsupportedOperationException();
  }

  /**
   * The artifact at this location.
   *
   * @param task the task that must have written it: a model where features belong is refused
   * @throws UserException if there is none, its manifest is damaged, or another task wrote it
   */
  public Artifact require(S3Location uri, String task) {
    throw new UnsupportedOperationException();
  }

  /** Whether every file of the artifact is there with its length. One listing, nothing is read. */
  public boolean isWhole(Artifact artifact) {
    throw new UnsupportedOperationException();
  }

  /**
   * One file of the artifact as it arrives. The digest is checked at the end of the stream: a
   * damaged file is a {@link UserException} that names it, thrown by the last read.
   */
  public InputStream open(Artifact artifact, String file) {
    throw new UnsupportedOperationException();
  }

  /**
   * Brings files of the artifact into a folder, each checked against its digest.
   *
   * @param files their paths below the artifact; none given means all
   * @return the folder
   */
  public Path fetch(Artifact artifact, Path folder, String... files) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes the artifact of what a computation wrote into a folder: files first, the manifest last.
   * Where an equal artifact is there already, files that are missing or damaged are made whole.
   *
   * @throws UserException if another artifact of different bytes is there ("not reproducible"); it
   *     stays
   */
  public Artifact commit(Computation computation, Path folder) {
    throw new UnsupportedOperationException();
  }
}
