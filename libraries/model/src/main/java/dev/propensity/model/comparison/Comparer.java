package dev.propensity.model.comparison;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.model.Threshold;
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
import dev.propensity.model.metric.MeanEstimate;
import dev.propensity.model.metric.Profit;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.RocAuc;
import dev.propensity.model.metric.ScoredRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Compares candidates on the same folds. */
public final class Comparer {
  private final OutOfFold scores;
  private final RankingMetric rank;
  private final Offer offer;
  private final Profit profit;

  /**
   * A comparison by scores of rows that a candidate's models were not trained on.
   *
   * @param scores those of every candidate, on the same folds
   * @param rank what decides which candidate is the best
   * @param offer to compute the profit
   */
  public Comparer(OutOfFold scores, RankingMetric rank, Offer offer) {
    this.scores = scores;
    this.rank = rank;
    this.offer = offer;
    this.profit = new Profit(offer.gain(), offer.cost(), Threshold.breakEven(offer));
  }

  /** Measures all candidates, by the scores of the constructor. */
  public Comparison compare(List<Candidate> candidates) {
    List<CandidateResult> results =
        candidates.stream().map(this::result).sorted(rank.bestFirst()).toList();
    ScoredRows any = scores.pooled(results.get(0).name());
    return new Comparison(
        Comparison.SCHEMA,
        rank,
        offer.currency(),
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
        profit.of(pooled),
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
    ScoredRows first = scores.pooled(a.name());
    ScoredRows second = scores.pooled(b.name());
    return new Difference(
        a.name(),
        b.name(),
        DeLong.difference(first, second),
        spread(byFold),
        LogLoss.difference(first, second),
        profit.difference(first, second));
  }

  private static Spread spread(double[] values) {
    return new Spread(
        MeanEstimate.of(values).mean(), StrictMath.sqrt(MeanEstimate.sampleVariance(values)));
  }
}
