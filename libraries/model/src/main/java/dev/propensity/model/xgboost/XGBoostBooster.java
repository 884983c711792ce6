package dev.propensity.model.xgboost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.Progress;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Refit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** The rounds of boosting, in the native library. */
final class XGBoostBooster {
  /** Parameters that have other names in the library. */
  private static final Set<String> RESERVED =
      Set.of(
          "rounds", "early_stopping_rounds", "trees", CalibrationMethod.PARAMETER, Refit.PARAMETER);

  private final Map<String, Object> fixed;
  private final JsonNode parameters;
  private final String[] types;
  private final int threads;

  /**
   * @param fixed the library's other settings: the objective
   * @param parameters all of the learner's
   * @param types of the features, {@code c} or {@code q}
   */
  XGBoostBooster(Map<String, Object> fixed, JsonNode parameters, String[] types, int threads) {
    this.fixed = fixed;
    this.parameters = parameters;
    this.types = types;
    this.threads = threads;
  }

  /**
   * The result.
   *
   * @param model the native model with the trees of all rounds, without the features' names
   * @param best how many rounds had the lowest log loss
   * @param logLoss on validation after each round, as float32: the library's sums differ in their
   *     last bits with the number of threads
   */
  record XGBoostResult(byte[] model, int best, List<Double> logLoss) {}

  XGBoostResult run(FeatureTable train, FeatureTable validation) {
    DMatrix trainMatrix = null;
    DMatrix validationMatrix = null;
    try {
      trainMatrix = matrix(train);
      validationMatrix = matrix(validation);
      return run(trainMatrix, validationMatrix);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    } finally {
      dispose(trainMatrix);
      dispose(validationMatrix);
    }
  }

  /** The native model after exactly these rounds, without the features' names. */
  byte[] run(FeatureTable rows, int rounds) {
    DMatrix matrix = null;
    Booster booster = null;
    try {
      matrix = matrix(rows);
      booster = XGBoost.train(matrix, settings(), 0, Map.of(), null, null);
      Progress progress = Progress.upTo(rounds, "rounds trained");
      for (int round = 0; round < rounds; round++) {
        booster.update(matrix, round);
        progress.add(1);
      }
      return booster.toByteArray("ubj");
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    } finally {
      dispose(booster);
      dispose(matrix);
    }
  }

  private XGBoostResult run(DMatrix train, DMatrix validation) throws XGBoostError {
    int rounds = parameters.get("rounds").intValue();
    int stoppingRounds = parameters.get("early_stopping_rounds").intValue();
    DMatrix[] evaluationSets = {validation};
    String[] names = {"validation"};
    float[] value = new float[1];
    List<Double> logLoss = new ArrayList<>();
    int best = 0;
    Progress progress = Progress.upTo(rounds, "rounds trained");
    Booster booster =
        XGBoost.train(train, settings(), 0, Map.of("validation", validation), null, null);
    try {
      for (int round = 0; round < rounds && round - best <= stoppingRounds; round++) {
        booster.update(train, round);
        booster.evalSet(evaluationSets, names, round, value);
        logLoss.add(Double.parseDouble(Float.toString(value[0])));
        if (logLoss.get(round) < logLoss.get(best)) {
          best = round;
        }
        progress.add(1);
      }
      return new XGBoostResult(booster.toByteArray("ubj"), best + 1, logLoss);
    } finally {
      dispose(booster);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(fixed);
    settings.put("tree_method", "hist");
    settings.put("nthread", threads);
    for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
      if (!RESERVED.contains(entry.getKey())) {
        settings.put(entry.getKey(), entry.getValue().asText());
      }
    }
    return settings;
  }

  private DMatrix matrix(FeatureTable table) throws XGBoostError {
    int columns = table.names().size();
    DMatrix matrix = new DMatrix(table.values(), table.rows(), columns, Float.NaN);
    matrix.setFeatureTypes(types); // the library cuts names off that are not ASCII: see Trees.named
    float[] labels = new float[table.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = table.labels()[row];
    }
    matrix.setLabel(labels);
    return matrix;
  }

  private static void dispose(@Nullable DMatrix matrix) {
    if (matrix != null) {
      matrix.dispose();
    }
  }

  private static void dispose(@Nullable Booster booster) {
    if (booster != null) {
      booster.dispose();
    }
  }
}
