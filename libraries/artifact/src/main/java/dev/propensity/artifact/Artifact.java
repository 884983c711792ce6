package dev.propensity.artifact;

import dev.propensity.foundation.Digest;

/**
 * A finished artifact: its manifest was there when this was made.
 *
 * @param uri where it stands
 * @param manifest what it is
 * @param digest the digest of the manifest's bytes
 */
public record Artifact(S3Location uri, Manifest manifest, Digest digest) {
  /** This artifact as another computation's input. */
  public Input asInput() {
    return new Input(uri, digest);
  }
}
