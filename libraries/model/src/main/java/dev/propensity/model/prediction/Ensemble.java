package dev.propensity.model.prediction;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model;
import dev.propensity.model.metric.ProfitForecast;
import java.util.List;
import java.util.Optional;

/** One model, or several of one dataset whose scores are averaged. Safe for many threads. */
final class Ensemble implements BatchScoring {
  private final List<Model> models;

  /**
   * @throws UserException if there is none, or they are of different datasets or labels
   */
  Ensemble(List<Model> models) {
    if (models.isEmpty()) {
      throw new UserException("no model is given");
    }
    Model first = models.get(0);
    for (Model model : models) {
      if (!model.name().equals(first.name())
          || !model.encoder().identifier().equals(first.encoder().identifier())
          || !model.encoder().label().equals(first.encoder().label())) {
        throw new UserException(
            "the models are of "
                + first.name()
                + " and of "
                + model.name()
                + ", or of different identifiers or labels: their scores cannot be averaged");
      }
    }
    this.models = List.copyOf(models);
  }

  /** The models' encoders, in their order. */
  List<Encoder> encoders() {
    return models.stream().map(Model::encoder).toList();
  }

  /** How many models there are. */
  int size() {
    return models.size();
  }

  /** The mean of the models' thresholds. */
  double threshold() {
    return models.stream().mapToDouble(Model::threshold).average().orElseThrow();
  }

  /** The offer of the first model. */
  DatasetSpec.Offer offer() {
    return models.get(0).offer();
  }

  /** A forecast for the rows from the threshold on; empty for several models. */
  Optional<ProfitForecast> forecast() {
    return models.size() == 1 ? models.get(0).forecast() : Optional.empty();
  }

  /** The mean of the models' scores for each row: summed as doubles in the models' order. */
  @Override
  public float[] scores(RowBatch batch) {
    float[] first = models.get(0).scorer().scores(batch.values(0), batch.rows());
    if (models.size() == 1) {
      return first;
    }
    double[] sums = new double[batch.rows()];
    for (int m = 0; m < models.size(); m++) {
      float[] scores =
          m == 0 ? first : models.get(m).scorer().scores(batch.values(m), batch.rows());
      for (int row = 0; row < sums.length; row++) {
        sums[row] += scores[row];
      }
    }
    for (int row = 0; row < sums.length; row++) {
      first[row] = (float) (sums[row] / models.size());
    }
    return first;
  }
}
