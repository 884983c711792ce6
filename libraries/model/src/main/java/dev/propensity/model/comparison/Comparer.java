package dev.propensity.model.comparison;

import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.Comparison.Difference;
import dev.propensity.model.comparison.Comparison.FoldResult;
import dev.propensity.model.comparison.Comparison.Spread;
import dev.propensity.model.metric.Brier;
import dev.propensity.model.metric.Calibration;
import dev.propensity.model.metric.CalibrationBias;
import dev.propensity.model.metric.DeLong;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.RocAuc;
import dev.propensity.model.metric.ScoredRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compares candidates on the same folds. The best has the highest mean AUC over the folds; of equal
 * ones the lower log loss, then the earlier name. The mean over the folds decides, not the AUC of
 * the pooled rows, which also depends on the folds' models having the same scale.
 */
public final class Comparer {
  private static final Comparator<CandidateResult> BEST_FIRST =
      Comparator.comparingDouble((CandidateResult result) -> -result.auc().mean())
          .thenComparingDouble(CandidateResult::logLoss)
          .thenComparing(CandidateResult::name);

  private final OutOfFold scores;

  /**
   * A comparison by scores of rows that a candidate's models were not trained on.
   *
   * @param scores those of every candidate, on the same folds
   */
  public Comparer(OutOfFold scores) {
    this.scores = scores;
  }

  /** Measures all candidates, by the scores of the constructor. */
  public Comparison compare(List<Candidate> candidates) {
    List<CandidateResult> results =
        candidates.stream().map(this::result).sorted(BEST_FIRST).toList();
    ScoredRows any = scores.pooled(results.get(0).name());
    return new Comparison(
        Comparison.SCHEMA,
        scores.folds(),
        any.rows(),
        any.positives(),
        results,
        differences(results),
        results.get(0).name());
  }

  private CandidateResult result(Candidate candidate) {
    ScoredRows pooled = scores.pooled(candidate.name());
    List<FoldResult> folds =
        IntStream.rangeClosed(1, scores.folds()).mapToObj(fold -> fold(candidate, fold)).toList();
    double rounds = candidate.rounds().stream().mapToInt(Integer::intValue).average().orElseThrow();
    return new CandidateResult(
        candidate.name(),
        candidate.learner(),
        candidate.parameters(),
        Trainers.named(candidate.learner()).changed(candidate.parameters()),
        folds,
        spread(folds.stream().mapToDouble(FoldResult::auc).toArray()),
        DeLong.auc(pooled),
        LogLoss.of(pooled),
        Brier.of(pooled),
        Calibration.error(Calibration.bins(Ranking.of(pooled))),
        CalibrationBias.of(pooled),
        (int) Math.floor(rounds + 0.5));
  }

  private FoldResult fold(Candidate candidate, int fold) {
    ScoredRows rows = scores.ofFold(candidate.name(), fold);
    return new FoldResult(
        fold,
        rows.rows(),
        rows.positives(),
        RocAuc.of(Ranking.of(rows)),
        LogLoss.of(rows),
        candidate.rounds().get(fold - 1));
  }

  /** The best of each learner in pairs, and the best of all with each other candidate. */
  private List<Difference> differences(List<CandidateResult> results) {
    Set<String> learners = new HashSet<>();
    List<CandidateResult> bests =
        results.stream().filter(result -> learners.add(result.learner())).toList();
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      for (int j = i + 1; j < results.size(); j++) {
        boolean bothBest = bests.contains(results.get(i)) && bests.contains(results.get(j));
        if (i == 0 || bothBest) {
          differences.add(difference(results.get(i), results.get(j)));
        }
      }
    }
    return differences;
  }

  private Difference difference(CandidateResult a, CandidateResult b) {
    double[] byFold = new double[scores.folds()];
    for (int fold = 0; fold < byFold.length; fold++) {
      byFold[fold] = a.folds().get(fold).auc() - b.folds().get(fold).auc();
    }
    return new Difference(
        a.name(),
        b.name(),
        DeLong.difference(scores.pooled(a.name()), scores.pooled(b.name())),
        spread(byFold));
  }

  private static Spread spread(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(mean, StrictMath.sqrt(squares / (values.length - 1)));
  }
}
