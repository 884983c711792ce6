package dev.propensity.tracking;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import org.jspecify.annotations.Nullable;

/**
 * A registered model.
 *
 * @param version its number among the dataset's models, from 1; MLflow's version is the same
 * @param model the model artifact
 * @param digest of the model's files, which identifies equal models regardless of their keys
 * @param evaluation the evaluation of its release decision
 */
public record Release(int version, S3Location model, Digest digest, S3Location evaluation) {
  public Release {
    if (version < 1 || model == null || digest == null || evaluation == null) {
      throw new UserException(
          "a release needs a version from 1, a model, its digest and an evaluation");
    }
  }

  /** The digest that identifies a model artifact: of its files, not of its key. */
  public static Digest digestOf(Artifact model) {
    return CanonicalJson.digest(model.manifest().files());
  }

  /** Whether this is the same model, by its files. */
  public boolean isSameModelAs(@Nullable Release other) {
    return other != null && digest.equals(other.digest);
  }
}
