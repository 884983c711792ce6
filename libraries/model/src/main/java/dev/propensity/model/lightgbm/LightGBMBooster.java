package dev.propensity.model.lightgbm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.Progress;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Refit;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rounds of boosting, in the native library. */
final class LightGBMBooster {
  private static final Set<String> RESERVED =
      Set.of("rounds", "early_stopping_rounds", CalibrationMethod.PARAMETER, Refit.PARAMETER);

  private static final int VALIDATION = 1; // the library's number of the first watched rows
  // The library writes no JSON characters into a model's text, and underscores for spaces.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.+-]+");
  private static final Pattern THREADS = Pattern.compile("\\[num_threads: \\d+]");

  private final JsonNode parameters;
  private final String settings;

  /**
   * @param parameters all of the learner's
   * @param categories the places of the features that are categories
   */
  LightGBMBooster(JsonNode parameters, List<Integer> categories, int threads) {
    this.parameters = parameters;
    this.settings = settings(parameters, categories, threads);
  }

  /**
   * The result.
   *
   * @param model the text of the native model with the trees up to the best round
   * @param logLoss on validation after each round, as float32: the library's sums differ in their
   *     last bits with the number of threads
   */
  record LightGBMResult(String model, List<Double> logLoss) {}

  LightGBMResult run(FeatureTable train, FeatureTable validation) {
    NativeLibrary.load();
    try (LGBMDataset rows = dataset(train, null);
        LGBMDataset validationSet = dataset(validation, rows);
        LGBMBooster booster = LGBMBooster.create(rows, settings)) {
      booster.addValidData(validationSet);
      return run(booster);
    } catch (LGBMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of the native model after exactly these rounds, fewer where no tree has a split. */
  String run(FeatureTable train, int rounds) {
    NativeLibrary.load();
    try (LGBMDataset rows = dataset(train, null);
        LGBMBooster booster = LGBMBooster.create(rows, settings)) {
      Progress progress = Progress.upTo(rounds, "rounds trained");
      boolean finished = false;
      for (int round = 0; round < rounds && !finished; round++) {
        finished = booster.updateOneIter();
        progress.add(1);
      }
      return text(booster, rounds);
    } catch (LGBMException e) {
      throw new IllegalStateException(e);
    }
  }

  private LightGBMResult run(LGBMBooster booster) throws LGBMException {
    int rounds = parameters.get("rounds").intValue();
    int stoppingRounds = parameters.get("early_stopping_rounds").intValue();
    List<Double> logLoss = new ArrayList<>();
    int best = 0;
    Progress progress = Progress.upTo(rounds, "rounds trained");
    boolean finished = false;
    for (int round = 0; round < rounds && round - best <= stoppingRounds && !finished; round++) {
      finished = booster.updateOneIter();
      progress.add(1);
      logLoss.add(Double.parseDouble(Float.toString((float) booster.getEval(VALIDATION)[0])));
      if (logLoss.get(round) < logLoss.get(best)) {
        best = round;
      }
    }
    return new LightGBMResult(text(booster, best + 1), logLoss);
  }

  /** The model's text, without the number of threads. */
  private static String text(LGBMBooster booster, int rounds) throws LGBMException {
    String text = booster.saveModelToString(0, rounds, FeatureImportanceType.GAIN);
    return THREADS.matcher(text).replaceFirst("[num_threads: 0]");
  }

  private static String settings(JsonNode parameters, List<Integer> categories, int threads) {
    StringJoiner settings = new StringJoiner(" ");
    settings.add("objective=binary metric=binary_logloss verbosity=-1");
    settings.add("deterministic=true force_row_wise=true feature_pre_filter=false");
    settings.add("num_threads=" + threads);
    if (!categories.isEmpty()) {
      settings.add(
          "categorical_feature="
              + String.join(",", categories.stream().map(String::valueOf).toList()));
    }
    for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
      if (!RESERVED.contains(entry.getKey())) {
        settings.add(entry.getKey() + "=" + entry.getValue().asText());
      }
    }
    return settings.toString();
  }

  private LGBMDataset dataset(FeatureTable table, @Nullable LGBMDataset reference)
      throws LGBMException {
    int columns = table.names().size();
    LGBMDataset dataset =
        LGBMDataset.createFromMat(table.values(), table.rows(), columns, true, settings, reference);
    if (table.names().stream().allMatch(name -> PLAIN.matcher(name).matches())) {
      dataset.setFeatureNames(table.names().toArray(String[]::new));
    }
    float[] labels = new float[table.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = table.labels()[row];
    }
    dataset.setField("label", labels);
    return dataset;
  }
}
