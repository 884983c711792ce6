package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;

/** A learner: turns features into a model. One class per learner, listed in {@code Trainers}. */
public interface Trainer {

  /** The learner's name on the command line. */
  String name();

  /** The learner's parameters. */
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
   * @param train the training data
   * @param validation the data for early stopping
   * @param parameters as {@link #parameters} returns them
   * @param threads the number of threads; does not change the result
   */
  TrainedModel train(
      Encoder encoder,
      FeatureTable train,
      FeatureTable validation,
      JsonNode parameters,
      int threads);

  /**
   * Fits a model on all these rows without early stopping: for a final model whose rounds were
   * determined by cross-validation. With the rows, rounds and parameters of a training, it returns
   * the same model as {@link #train}.
   *
   * @param encoder that made the features, for their kinds
   * @param rows the training data
   * @param rounds the exact number, at least 1; a learner without rounds ignores them
   * @param parameters as {@link #parameters} returns them
   * @param threads the number of threads; does not change the result
   */
  TrainedModel refit(
      Encoder encoder, FeatureTable rows, int rounds, JsonNode parameters, int threads);

  /**
   * Parameters to train on a share of the rows as on all: where the penalty does not grow with the
   * rows, as in logistic regression, fewer rows would shrink the weights more.
   *
   * @param parameters as {@link #parameters} returns them
   * @param share of the rows, above 0, at most 1
   */
  default JsonNode forShareOfRows(JsonNode parameters, double share) {
    return parameters;
  }

  /**
   * Reads a native model that {@link #train} or {@link #refit} made. Loads no native library.
   *
   * @throws dev.propensity.foundation.UserException if the bytes are damaged
   */
  Scorer scorer(byte[] model);
}
