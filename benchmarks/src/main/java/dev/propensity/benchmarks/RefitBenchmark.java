package dev.propensity.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.calibration.CalibratorFit;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.calibration.OutOfFoldMargins;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.MeanEstimate;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.RocAuc;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.CalibrationMethod;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.time.Duration;
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
 * Compares models with and without {@code refit} on the same test rows: the gain in log loss and
 * AUC, and the CPU time. Each repetition draws other rows.
 */
@Command(
    name = "refit",
    mixinStandardHelpOptions = true,
    description = "Prints the gain of a refit on train and validation rows, as JSON.")
public final class RefitBenchmark implements Callable<Integer> {
  @Mixin private LearnerOptions options;

  private static final double TEST = 0.2;
  private static final double VALIDATION = 0.1875; // of the rows outside the test split
  private static final double NANOS = 1e9;

  @Option(
      names = "--rows",
      description = "Number of train and validation rows; by default all but a fifth.")
  private int rows = Integer.MAX_VALUE;

  @Option(names = "--repeats", description = "Number of repetitions, by default ${DEFAULT-VALUE}.")
  private int repeats = 1;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new RefitBenchmark()).execute(arguments));
  }

  /**
   * One repetition.
   *
   * @param firstSeconds CPU time of the fit with early stopping
   * @param refitSeconds CPU time of the fit on all rows and of the twenty for the calibrator
   */
  private record Gain(
      int rows, int rounds, double logLoss, double auc, double firstSeconds, double refitSeconds) {}

  @Override
  public Integer call() throws Exception {
    DatasetSpec spec = options.spec();
    EncodedTable encoded = options.table(spec);
    Trainer trainer = options.trainer(spec);
    JsonNode all = options.parameters(spec, trainer);
    Repetition repetition =
        new Repetition(trainer, all, encoded.encoder(), rows, options.threads());
    List<Gain> gains = new ArrayList<>();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      gains.add(repetition.run(encoded.table(), RandomFolds.order(encoded.table().rows(), repeat)));
      System.err.println(gains.get(gains.size() - 1));
    }
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dataset", spec.name()).put("learner", trainer.name());
    json.put("rows", gains.get(0).rows()).put("repeats", repeats);
    put(json, "rounds", gains, Gain::rounds);
    put(json, "logLossGain", gains, Gain::logLoss);
    put(json, "aucGain", gains, Gain::auc);
    put(json, "firstCpuSeconds", gains, Gain::firstSeconds);
    put(json, "refitCpuSeconds", gains, Gain::refitSeconds);
    System.out.println(json);
    return 0;
  }

  /** The mean over the repetitions and, of more than one, its standard error. */
  private static void put(
      ObjectNode json, String name, List<Gain> gains, ToDoubleFunction<Gain> figure) {
    double[] values = gains.stream().mapToDouble(figure).toArray();
    json.put(name, Arrays.stream(values).average().orElseThrow());
    if (values.length > 1) {
      json.put(name + "Error", MeanEstimate.of(values).standardError());
    }
  }

  /** Trains with and without a refit on one order of the rows. */
  private record Repetition(Trainer trainer, JsonNode all, Encoder encoder, int rows, int threads) {

    Gain run(FeatureTable table, int[] order) {
      int test = (int) (order.length * TEST);
      int used = Math.min(rows, order.length - test);
      int validation = (int) (used * VALIDATION);
      FeatureTable testRows = part(table, order, 0, test);
      FeatureTable validationRows = part(table, order, test, validation);
      FeatureTable trainRows = part(table, order, test + validation, used - validation);

      Duration begin = cpu();
      TrainedModel first = trainer.train(encoder, trainRows, validationRows, all, threads);
      float[] margins =
          trainer.scorer(first.bytes()).margins(validationRows.values(), validationRows.rows());
      Duration middle = cpu();
      FeatureTable both = trainRows.and(validationRows);
      TrainedModel second = trainer.refit(encoder, both, first.rounds(), all, threads);
      MarginRows outOfFold =
          new OutOfFoldMargins(trainer, encoder, all, threads)
              .of(both, first.rounds())
              .orElseThrow();
      Duration end = cpu();

      MarginRows ofValidation = new MarginRows(margins, validationRows.labels());
      ScoredRows before = score(first, ofValidation, testRows);
      ScoredRows after = score(second, outOfFold, testRows);
      return new Gain(
          used,
          first.rounds(),
          LogLoss.of(before) - LogLoss.of(after),
          RocAuc.of(Ranking.of(after)) - RocAuc.of(Ranking.of(before)),
          middle.minus(begin).toNanos() / NANOS,
          end.minus(middle).toNanos() / NANOS);
    }

    private static FeatureTable part(FeatureTable table, int[] order, int begin, int length) {
      return table.take(Arrays.copyOfRange(order, begin, begin + length));
    }

    private ScoredRows score(TrainedModel model, MarginRows margins, FeatureTable test) {
      Scorer scorer =
          CalibratorFit.of(CalibrationMethod.of(all), margins).over(trainer.scorer(model.bytes()));
      return ScoredRows.of(
          "the test rows", test.labels(), scorer.scores(test.values(), test.rows()));
    }

    private static Duration cpu() {
      return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
  }
}
