package dev.propensity.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.Threshold;
import dev.propensity.model.calibration.Calibrator;
import dev.propensity.model.calibration.CalibratorFit;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.calibration.OutOfFoldMargins;
import dev.propensity.model.metric.CalibrationSlope;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.LogisticLine;
import dev.propensity.model.metric.Profit;
import dev.propensity.model.metric.ProfitForecast;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Refit;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how often the 95% interval of the forecast profit contains the profit of the test rows.
 * Each repetition splits the table in another way; it trains, calibrates and forecasts as {@code
 * train} and the page do.
 */
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = "Prints how often the forecast's interval contains the profit, as JSON.")
public final class ForecastBenchmark implements Callable<Integer> {
  @Mixin private LearnerOptions options;

  private static final double TEST = 0.2;
  private static final double VALIDATION = 0.15;

  @Option(names = "--rows", description = "Number of rows of each repetition; by default all.")
  private int rows = Integer.MAX_VALUE;

  @Option(names = "--repeats", description = "Number of repetitions, by default ${DEFAULT-VALUE}.")
  private int repeats = 300;

  @Option(
      names = "--first",
      description = "Number of the first repetition, to divide a long measurement; by default 1.")
  private int first = 1;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new ForecastBenchmark()).execute(arguments));
  }

  /**
   * One repetition.
   *
   * @param byChance the forecast as if the calibration were certain
   * @param profit of the test rows
   */
  private record Outcome(
      String calibrator, Interval forecast, Interval byChance, double profit, double slope) {

    /** Profit − forecast, in the forecast's standard errors: of a true one, mean 0, deviation 1. */
    double standardizedError() {
      return (profit - forecast.value()) / ((forecast.high() - forecast.low()) / (2 * 1.96));
    }
  }

  @Override
  public Integer call() throws Exception {
    DatasetSpec spec = options.spec();
    EncodedTable encoded = options.table(spec);
    Trainer trainer = options.trainer(spec);
    JsonNode all = options.parameters(spec, trainer);
    Profit profit =
        new Profit(spec.offer().gain(), spec.offer().cost(), Threshold.breakEven(spec.offer()));
    Repetition repetition =
        new Repetition(trainer, all, encoded.encoder(), profit, options.threads());
    int used = Math.min(rows, encoded.table().rows());
    List<Outcome> outcomes = new ArrayList<>();
    for (int repeat = first; repeat < first + repeats; repeat++) {
      int[] order = RandomFolds.order(encoded.table().rows(), repeat);
      outcomes.add(repetition.run(encoded.table(), Arrays.copyOf(order, used)));
      if (outcomes.size() % 25 == 0) {
        System.err.println(summary(spec.name(), trainer.name(), outcomes));
      }
    }
    System.out.println(summary(spec.name(), trainer.name(), outcomes));
    return 0;
  }

  private static ObjectNode summary(String dataset, String learner, List<Outcome> outcomes) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dataset", dataset).put("learner", learner);
    json.put("repeats", outcomes.size());
    json.put("coverage", mean(outcomes, one -> contains(one.forecast(), one.profit())));
    json.put("coverageByChance", mean(outcomes, one -> contains(one.byChance(), one.profit())));
    json.put("profit", mean(outcomes, Outcome::profit));
    json.put("forecast", mean(outcomes, one -> one.forecast().value()));
    json.put("width", mean(outcomes, one -> one.forecast().high() - one.forecast().low()));
    double bias = mean(outcomes, Outcome::standardizedError);
    json.put("errorMean", bias);
    json.put(
        "errorDeviation",
        Math.sqrt(mean(outcomes, one -> Math.pow(one.standardizedError() - bias, 2))));
    json.put("slope", mean(outcomes, Outcome::slope));
    for (String name : List.of("none", "platt", "isotonic")) {
      json.put(name, outcomes.stream().filter(one -> one.calibrator().equals(name)).count());
    }
    return json;
  }

  private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
    return outcomes.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static double contains(Interval interval, double value) {
    return interval.low() <= value && value <= interval.high() ? 1 : 0;
  }

  /** Trains and forecasts on one order of the rows. */
  private record Repetition(
      Trainer trainer, JsonNode all, Encoder encoder, Profit profit, int threads) {

    Outcome run(FeatureTable table, int[] order) {
      int used = order.length;
      int test = (int) (used * TEST);
      int validation = (int) (used * VALIDATION);
      FeatureTable testRows = part(table, order, 0, test);
      FeatureTable validationRows = part(table, order, test, validation);
      FeatureTable trainRows = part(table, order, test + validation, used - test - validation);

      TrainedModel model = trainer.train(encoder, trainRows, validationRows, all, threads);
      MarginRows margins;
      if (Refit.isOn(all, used - test, true)) {
        FeatureTable both = trainRows.and(validationRows);
        int rounds = model.rounds();
        model = trainer.refit(encoder, both, rounds, all, threads);
        margins =
            new OutOfFoldMargins(trainer, encoder, all, threads).of(both, rounds).orElseThrow();
      } else {
        margins = margins(model, validationRows);
      }
      Calibrator calibrator = CalibratorFit.of(CalibrationMethod.of(all), margins);
      float[] known = CalibratorFit.outOfFold(calibrator, margins);
      LogisticLine line =
          CalibrationSlope.line(ScoredRows.of("the known rows", margins.labels(), known));
      LogisticLine certain = new LogisticLine(line.slope(), line.intercept(), 0, 0, 0);
      float[] scores =
          calibrator.over(trainer.scorer(model.bytes())).scores(testRows.values(), testRows.rows());
      ScoredRows scored = ScoredRows.of("the test rows", testRows.labels(), scores);
      return new Outcome(
          calibrator.name(),
          ProfitForecast.of(profit, line, scored).profit(),
          ProfitForecast.of(profit, certain, scored).profit(),
          profit.of(scored),
          CalibrationSlope.of(scored).value());
    }

    private static FeatureTable part(FeatureTable table, int[] order, int begin, int length) {
      return table.take(Arrays.copyOfRange(order, begin, begin + length));
    }

    private MarginRows margins(TrainedModel model, FeatureTable table) {
      float[] margins = trainer.scorer(model.bytes()).margins(table.values(), table.rows());
      return new MarginRows(margins, table.labels());
    }
  }
}
