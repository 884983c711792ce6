package dev.propensity.model.logistic;

import static dev.propensity.model.trainer.Parameter.flag;
import static dev.propensity.model.trainer.Parameter.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.trainer.Parameters;
import dev.propensity.model.trainer.PythonSource;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Logistic regression with an L2 penalty on standardized numbers and on a weight for each level of
 * a category. Fitted to the minimum, so that no validation is needed to stop, and the fit is the
 * same to the bit with any number of threads.
 */
public final class LogisticTrainer implements Trainer {
  private static final Parameters PARAMETERS =
      Parameters.of(
          "logistic",
          List.of(
              number(
                  "C",
                  1,
                  1e-9,
                  1e9,
                  "inverse of the L2 penalty, as scikit-learn's C: smaller values regularize more"),
              flag("quadratic", false, "whether to add the squares of standardized numbers")));

  @Override
  public String name() {
    return "logistic";
  }

  @Override
  public Parameters parameters() {
    return PARAMETERS;
  }

  @Override
  public TrainedModel train(
      Encoder encoder,
      FeatureTable train,
      FeatureTable validation,
      JsonNode parameters,
      int threads) {
    TrainedModel model = refit(encoder, train, 1, parameters, threads);
    return model.withValidationLoss(validation, scorer(model.bytes()));
  }

  @Override
  public TrainedModel refit(
      Encoder encoder, FeatureTable rows, int rounds, JsonNode parameters, int threads) {
    Design design = Design.of(encoder.features(), rows, parameters.get("quadratic").booleanValue());
    double c = parameters.get("C").doubleValue();
    Newton.NewtonResult fitted = Newton.fit(design, rows, c, threads);
    LogisticModel model = LogisticModel.of(encoder.features(), design, fitted.weights());
    return new TrainedModel(
        LogisticModel.FILE,
        model.bytes(),
        TrainedModel.Flavor.ofRawColumns(PythonSource.beside(LogisticTrainer.class)),
        1,
        new TreeMap<>(),
        importance(rows, design, fitted.weights()));
  }

  /** Each feature's share of the variances that the features bring into the log-odds. */
  private static SortedMap<String, Double> importance(
      FeatureTable rows, Design design, double[] weights) {
    int width = design.features();
    double[] variances = new double[width];
    double total = 0;
    for (int f = 0; f < width; f++) {
      float[] values = rows.values();
      double sum = 0;
      double squares = 0;
      for (int row = 0; row < rows.rows(); row++) {
        double part = design.part(f, weights, values[row * width + f]);
        sum += part;
        squares += part * part;
      }
      double mean = sum / rows.rows();
      variances[f] = Math.max(0, squares / rows.rows() - mean * mean);
      total += variances[f];
    }
    SortedMap<String, Double> importance = new TreeMap<>();
    for (int f = 0; f < width; f++) {
      importance.put(rows.names().get(f), total == 0 ? 0 : variances[f] / total);
    }
    return importance;
  }

  @Override
  public JsonNode forShareOfRows(JsonNode parameters, double share) {
    ObjectNode scaled = parameters.deepCopy();
    return scaled.put("C", parameters.get("C").doubleValue() / share);
  }

  @Override
  public Scorer scorer(byte[] model) {
    return LogisticModel.read(model).scorer();
  }
}
