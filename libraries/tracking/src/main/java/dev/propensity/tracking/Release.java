package dev.propensity.tracking;

import dev.propensity.artifact.S3Location;
import dev.propensity.foundation.Digest;

/**
 * A registered model.
 *
 * @param version its number among the data set's models, from 1; MLflow's version is the same
 * @param model the model artifact
 * @param digest of the model's files, which tells equal models whatever their keys
 * @param evaluation the evaluation that it was judged by
 */
public record Release(int version, S3Location model, Digest digest, S3Location evaluation) {}
