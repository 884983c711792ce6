package dev.propensity.model.evaluation;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.dataset.specification.DatasetSpec.ReleaseRule;
import dev.propensity.model.evaluation.Evaluation.Metrics;
import dev.propensity.model.evaluation.Evaluation.PlotData;
import dev.propensity.model.evaluation.Evaluation.Verdict;
import dev.propensity.model.metric.AveragePrecision;
import dev.propensity.model.metric.Brier;
import dev.propensity.model.metric.Calibration;
import dev.propensity.model.metric.CalibrationBias;
import dev.propensity.model.metric.CalibrationSlope;
import dev.propensity.model.metric.Confusion;
import dev.propensity.model.metric.Curve;
import dev.propensity.model.metric.DeLong;
import dev.propensity.model.metric.Gain;
import dev.propensity.model.metric.Group;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.KolmogorovSmirnov;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.Profit;
import dev.propensity.model.metric.ProfitForecast;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.ScoredRows;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes the models' metrics on the test split and the verdict on the candidate. */
public final class Evaluator {
  /** The shares of the rows, in percent, at which lift and gain are reported. */
  private static final int[] PERCENT = {1, 5, 10, 20};

  private final ReleaseRule rule;
  private final Offer offer;
  private final SortedMap<String, String[]> sensitive;
  private final List<String> leaks;
  private final TestCopies copies;

  /**
   * @param sensitive by sensitive column, its value in each test row
   */
  public Evaluator(ReleaseRule rule, Offer offer, SortedMap<String, String[]> sensitive) {
    this(rule, offer, sensitive, List.of(), TestCopies.NONE);
  }

  /**
   * @param sensitive by sensitive column, its value in each test row
   * @param leaks columns that alone reveal the label, one sentence each: with any, there is no
   *     release
   * @param copies test rows, without which the metrics are computed, too
   */
  public Evaluator(
      ReleaseRule rule,
      Offer offer,
      SortedMap<String, String[]> sensitive,
      List<String> leaks,
      TestCopies copies) {
    this.rule = rule;
    this.offer = offer;
    this.sensitive = sensitive;
    this.leaks = List.copyOf(leaks);
    this.copies = copies;
  }

  /** Evaluates the first model of a dataset: there is no champion. */
  public Evaluation alone(ScoredModel candidate) {
    Metrics metrics = measure(candidate);
    Verdict verdict = ReleaseDecision.alone(rule, metrics);
    return evaluation(
        candidate, metrics, null, null, null, verdict, rest -> rest.alone(others(candidate)));
  }

  /** Evaluates next to a champion that was trained on another split, and so cannot be compared. */
  public Evaluation besideOtherSplit(ScoredModel candidate) {
    Metrics metrics = measure(candidate);
    Verdict verdict = ReleaseDecision.besideOtherSplit(rule, metrics);
    return evaluation(
        candidate,
        metrics,
        null,
        null,
        null,
        verdict,
        rest -> rest.besideOtherSplit(others(candidate)));
  }

  /** Evaluates against the champion's scores of the same rows. */
  public Evaluation against(ScoredModel candidate, ScoredModel champion) {
    Metrics metrics = measure(candidate);
    Interval difference = DeLong.difference(candidate.rows(), champion.rows());
    Interval logLoss = LogLoss.difference(candidate.rows(), champion.rows());
    return evaluation(
        candidate,
        metrics,
        measure(champion),
        difference,
        logLoss,
        ReleaseDecision.against(rule, metrics, difference, logLoss),
        rest -> rest.against(others(candidate), others(champion)));
  }

  /** The model on the test rows that are not copies, of which there are enough. */
  private ScoredModel others(ScoredModel model) {
    return model.withRows(model.rows().without(copies.rows()).orElseThrow());
  }

  /**
   * @param onOthers the evaluation on the test rows that are not copies, by another evaluator
   */
  private Evaluation evaluation(
      ScoredModel candidate,
      Metrics metrics,
      @Nullable Metrics champion,
      @Nullable Interval difference,
      @Nullable Interval logLossDifference,
      Verdict onAll,
      Function<Evaluator, Evaluation> onOthers) {
    ScoredRows rows = candidate.rows();
    Verdict onRest = onAll;
    WithoutCopies others = null;
    int count = copies.rows().cardinality();
    if (count > 0 && rows.without(copies.rows()).isPresent()) {
      Evaluation rest = onOthers.apply(new Evaluator(rule, offer, new TreeMap<>()));
      others = WithoutCopies.of(copies, rest);
      onRest = ReleaseDecision.withoutCopies(rest.verdict(), count);
    } else if (count > 0) {
      int positives = rows.positives() - copies.rows().stream().map(rows::label).sum();
      others = WithoutCopies.tooFew(copies, rows.rows() - count, positives);
      onRest = ReleaseDecision.tooFewWithoutCopies(count, rows.rows() - count, positives);
    }
    Verdict verdict = copies.coincidence() ? onAll : onRest;
    return new Evaluation(
        Evaluation.SCHEMA,
        rows.rows(),
        rows.positives(),
        metrics,
        champion,
        difference,
        logLossDifference,
        others,
        ReleaseDecision.withLeaks(verdict, leaks));
  }

  /** All metrics of one model. */
  public Metrics measure(ScoredModel model) {
    ScoredRows rows = model.rows();
    Ranking ranking = Ranking.of(rows);
    List<Calibration.Bin> bins = Calibration.bins(ranking);
    Confusion confusion = Confusion.at(rows, model.threshold());
    SortedMap<String, Double> scalars = new TreeMap<>();
    DeLong.auc(rows).putInto(scalars, "auc");
    scalars.put("average_precision", AveragePrecision.of(ranking));
    scalars.put("log_loss", LogLoss.of(rows));
    scalars.put("brier", Brier.of(rows));
    scalars.put("calibration_error", Calibration.error(bins));
    scalars.put("calibration_error_by_chance", Calibration.errorByChance(bins));
    CalibrationBias.of(rows).putInto(scalars, "calibration_bias");
    CalibrationSlope.of(rows).putInto(scalars, "calibration_slope");
    CalibrationSlope.intercept(rows).putInto(scalars, "calibration_intercept");
    scalars.put("base_rate", rows.baseRate());
    scalars.put("ks", KolmogorovSmirnov.of(ranking));
    for (int percent : PERCENT) {
      scalars.put("gain_at_" + percent, Gain.of(ranking, percent / 100.0));
      scalars.put("lift_at_" + percent, Gain.lift(ranking, percent / 100.0));
    }
    scalars.put("threshold", model.threshold());
    scalars.put("selection_rate", confusion.selectionRate());
    scalars.put("recall", confusion.recall());
    if (confusion.selected() > 0) {
      scalars.put("precision", confusion.precision());
    }
    Profit profit = new Profit(offer.gain(), offer.cost(), model.threshold());
    scalars.put("profit", profit.of(rows));
    model
        .calibrationLine()
        .map(line -> ProfitForecast.of(profit, line, rows).profit())
        .ifPresent(forecast -> forecast.putInto(scalars, "profit_forecast"));
    SortedMap<String, List<Group>> groups = new TreeMap<>();
    sensitive.forEach(
        (column, values) -> groups.put(column, Group.of(rows, model.threshold(), values)));
    PlotData plots =
        new PlotData(Curve.roc(ranking), Curve.precisionRecall(ranking), Curve.gain(ranking), bins);
    return new Metrics(scalars, confusion, groups, plots);
  }
}
