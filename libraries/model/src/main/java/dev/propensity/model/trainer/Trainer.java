package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;

/** A learner: turns features into a model. One class a learner, named in {@code Trainers}. */
public interface Trainer {

  /** The learner's name on the command line. */
  String name();

  /** The parameters that it knows. */
  Parameters parameters();

  /**
   * All parameters with their values: those given, checked, over the defaults.
   *
   * @throws dev.propensity.foundation.UserException for an unknown parameter or one out of range
   */
  default JsonNode parameters(JsonNode given) {
    return parameters().over(given);
  }

  /**
   * Those of all parameters whose values are not this learner's defaults.
   *
   * @param all as {@link #parameters} returns them
   */
  default JsonNode changed(JsonNode all) {
    return parameters().changed(all);
  }

  /**
   * Fits a model.
   *
   * @param encoder that made the features, for their kinds
   * @param train what is learned from
   * @param validation what tells when to stop
   * @param parameters as {@link #parameters} returns them
   * @param threads how many to use; never changes a byte
   */
  TrainedModel train(
      Encoder encoder,
      FeatureTable train,
      FeatureTable validation,
      JsonNode parameters,
      int threads);

  /**
   * Fits a model on all these rows, none of which tells when to stop: for a final model whose
   * rounds cross-validation found. Given a training's own rows, rounds and parameters, it makes the
   * same model as {@link #train}.
   *
   * @param encoder that made the features, for their kinds
   * @param rows what is learned from
   * @param rounds exactly so many, at least 1; a learner without rounds ignores them
   * @param parameters as {@link #parameters} returns them
   * @param threads how many to use; never changes a byte
   */
  TrainedModel refit(
      Encoder encoder, FeatureTable rows, int rounds, JsonNode parameters, int threads);

  /**
   * Reads a native model that {@link #train} or {@link #refit} made. Loads no native library.
   *
   * @throws dev.propensity.foundation.UserException if the bytes are damaged
   */
  Scorer scorer(byte[] model);
}
