package dev.propensity.monitoring.performance;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.foundation.Digest;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.LogisticLine;
import dev.propensity.model.prediction.Selection;
import dev.propensity.monitoring.profile.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes a model's performance from the customers of a window and their outcomes. */
public final class PerformanceBuilder {
  private static final String NOBODY =
      "nobody was contacted whatever the score, so that nothing shows how the model does on all"
          + " customers: set offer.explore";
  private static final String TOO_FEW =
      "of the %,d customers who were contacted whatever their score, %,d are positive: at least %d"
          + " of each label are needed";

  /**
   * The model.
   *
   * @param name the dataset's name with its origin
   * @param digest of its files
   * @param threshold the score from which a customer is selected
   * @param line of its calibration; empty where it has none
   * @param testAuc on the test split; null where the model was never released
   */
  public record LiveModel(
      String name,
      Digest digest,
      double threshold,
      Optional<LogisticLine> line,
      @Nullable Interval testAuc) {}

  private final DatasetSpec spec;
  private final OutcomeRule rule;
  private final LiveModel model;

  /**
   * @param rule the specification's section {@code outcomes}
   */
  public PerformanceBuilder(DatasetSpec spec, OutcomeRule rule, LiveModel model) {
    this.spec = spec;
    this.rule = rule;
    this.model = model;
  }

  /**
   * The performance on the customers to which all outcomes were joined.
   *
   * @param damaged how many segments of captured rows could not be read
   */
  public Performance build(OutcomeJoin join, int damaged) {
    ScoredWindow scored = join.scored();
    List<LiveRow> rows =
        scored.customers().stream()
            .map(c -> new LiveRow(c.score(), c.isPositive(), isContacted(c), c.selection()))
            .toList();
    List<LiveRow> contacted = rows.stream().filter(LiveRow::isContacted).toList();
    List<LiveRow> explored =
        contacted.stream().filter(row -> row.selection() == Selection.EXPLORE).toList();
    boolean isUnbiased = rule.contacted().equals(OutcomeRule.ALL);
    Quality all = Quality.of(contacted);
    Quality explore = explored.isEmpty() ? null : Quality.of(explored);
    Quality evidence = isUnbiased ? all : explore;
    List<String> reasons = reasons(scored.window(), evidence);
    return new Performance(
        Performance.SCHEMA,
        model.name(),
        scored.window().toString(),
        model.digest(),
        rule.horizonDays(),
        rule.contacted(),
        model.threshold(),
        model.testAuc(),
        scored.scores(),
        rows.size(),
        scored.otherModels(),
        scored.unidentified(),
        join.counts(),
        all,
        isUnbiased,
        explore,
        contacted.isEmpty() ? null : LiveProfit.of(spec.offer(), model.line(), contacted),
        Increment.of(spec.offer(), model.threshold(), rows),
        verdict(evidence, reasons),
        reasons,
        warnings(join, rows, damaged));
  }

  private boolean isContacted(Customer customer) {
    if (rule.column().isPresent()) {
      return customer.contacted() == 1;
    }
    if (rule.contacted().equals(OutcomeRule.ALL)) {
      return customer.selection() != Selection.CONTROL;
    }
    return customer.planned() >= 0
        ? customer.planned() == 1
        : customer.score() >= model.threshold();
  }

  private List<String> reasons(TimeWindow window, @Nullable Quality evidence) {
    if (evidence == null) {
      return List.of(NOBODY);
    }
    return evidence.tooFew()
        ? List.of(
            String.format(
                Locale.ROOT, TOO_FEW, evidence.rows(), evidence.positives(), Quality.FEWEST))
        : new PerformanceRule(spec, window, model.testAuc()).reasons(evidence);
  }

  private static LiveVerdict verdict(@Nullable Quality evidence, List<String> reasons) {
    if (evidence == null || evidence.tooFew()) {
      return LiveVerdict.TOO_FEW;
    }
    return reasons.isEmpty() ? LiveVerdict.GOOD : LiveVerdict.WORSE;
  }

  private List<String> warnings(OutcomeJoin join, List<LiveRow> rows, int damaged) {
    List<String> warnings = new ArrayList<>();
    String none = join.warning();
    if (none != null) {
      warnings.add(none);
    }
    ScoredWindow scored = join.scored();
    add(warnings, damaged, "%,d segments of captured rows cannot be read, and are left out");
    add(warnings, scored.unidentified(), "%,d scores have no identifier, and no outcome");
    add(warnings, scored.otherModels(), "%,d scores are of other models: they are left out");
    add(warnings, missed(rows), "%,d customers of offer.explore were not contacted");
    add(warnings, reached(rows), "%,d customers of offer.control were contacted");
    if (model.testAuc() == null) {
      warnings.add("the AUC on the test split is not known, and not compared");
    }
    return warnings;
  }

  private static long missed(List<LiveRow> rows) {
    return rows.stream()
        .filter(row -> row.selection() == Selection.EXPLORE && !row.isContacted())
        .count();
  }

  private static long reached(List<LiveRow> rows) {
    return rows.stream()
        .filter(row -> row.selection() == Selection.CONTROL && row.isContacted())
        .count();
  }

  private static void add(List<String> warnings, long count, String text) {
    if (count > 0) {
      warnings.add(String.format(Locale.ROOT, text, count));
    }
  }
}
