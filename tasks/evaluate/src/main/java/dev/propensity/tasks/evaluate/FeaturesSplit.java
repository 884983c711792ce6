package dev.propensity.tasks.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.dataset.DatasetSpec.SplitRule;
import dev.propensity.foundation.UserException;

/**
 * The rule by which features were split, as their manifest tells it. Only a model of the same rule
 * has never seen the test rows.
 */
record FeaturesSplit(S3Location features, SplitRule rule) {

  static FeaturesSplit of(Artifact features) {
    JsonNode split = features.manifest().parameters().get("split");
    if (split == null) {
      throw new UserException(features.uri() + " does not say how it was split");
    }
    return new FeaturesSplit(
        features.uri(),
        new SplitRule(
            split.path("seed").asLong(),
            split.path("validation").asDouble(),
            split.path("test").asDouble()));
  }

  /** Whether rows of this split's test side are on the test side of that rule too. */
  boolean isSameAs(SplitRule other) {
    return rule.equals(other);
  }

  /**
   * Refuses a model of another split.
   *
   * @throws UserException that says how the two differ
   */
  void requireSameAs(SplitRule other, S3Location model) {
    if (!isSameAs(other)) {
      throw new UserException(
          model
              + " was trained on another split ("
              + words(other)
              + ") than that of "
              + features
              + " ("
              + words(rule)
              + "), so it may know these test rows: evaluate it on features of its own split, or"
              + " train it again");
    }
  }

  private static String words(SplitRule rule) {
    return "seed " + rule.seed() + ", validation " + rule.validation() + ", test " + rule.test();
  }
}
