package dev.propensity.storage;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;

/**
 * A finished artifact: its manifest exists.
 *
 * @param uri its location
 * @param manifest what it is
 * @param digest the digest of the manifest's bytes
 */
public record Artifact(S3Location uri, Manifest manifest, Digest digest) {
  private static final int TITLE_DIGITS = 8;

  /** This artifact as another computation's input. */
  public Input asInput() {
    return new Input(uri, digest);
  }

  /** A readable title: this word and the first digits of the artifact's key. */
  public String titled(String word) {
    int key = uri.key().lastIndexOf('/') + 1;
    return word + " " + uri.key().substring(key, key + TITLE_DIGITS);
  }

  /**
   * This artifact, if it is of that dataset, whether of real rows or of synthetic ones.
   *
   * @throws UserException if it belongs to another
   */
  public Artifact requireOf(String dataset) {
    return requireEqual(manifest.dataset(), dataset);
  }

  /**
   * This artifact, if it is of the dataset and the origin of the name.
   *
   * @param name as {@link Manifest#name} writes it
   * @throws UserException if it is of others
   */
  public Artifact requireNamed(String name) {
    return requireEqual(manifest.name(), name);
  }

  private Artifact requireEqual(String owner, String expected) {
    if (!owner.equals(expected)) {
      throw new UserException(uri + " belongs to " + owner + ", not to " + expected);
    }
    return this;
  }
}
