package dev.propensity.tasks.compare;

import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.FoldResult;
import dev.propensity.model.comparison.Comparison.Result;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.metric.Curve;
import dev.propensity.model.metric.Ranking;
import dev.propensity.plot.PngPlot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The report's plots as PNG files for MLflow; drawn without a display. */
final class PngPlots {
  private final Comparison comparison;
  private final OutOfFold scores;
  private final List<Result> shown;

  PngPlots(Comparison comparison, OutOfFold scores) {
    this.comparison = comparison;
    this.scores = scores;
    this.shown = ReportPlots.shown(comparison);
  }

  /** Writes {@code auc.png}, {@code roc.png} and {@code calibration.png} into this folder. */
  void write(Path folder) throws IOException {
    auc().write(folder.resolve("auc.png"));
    roc().write(folder.resolve("roc.png"));
    calibration().write(folder.resolve("calibration.png"));
  }

  private PngPlot auc() {
    PngPlot plot = new PngPlot("AUC of each fold", "fold", "AUC");
    List<Integer> folds = IntStream.rangeClosed(1, comparison.folds()).boxed().toList();
    for (Result result : shown) {
      plot.points(result.name(), folds, result.folds().stream().map(FoldResult::auc).toList());
    }
    return plot;
  }

  private PngPlot roc() {
    PngPlot plot =
        new PngPlot(
                "ROC curve, pooled", "share of negatives selected", "share of positives selected")
            .square(1)
            .diagonal("random", 1);
    for (Result result : shown) {
      Curve curve = Curve.roc(Ranking.of(scores.pooled(result.name())));
      plot.curve(result.name(), curve.x(), curve.y());
    }
    return plot;
  }

  private PngPlot calibration() {
    List<Curve> curves =
        shown.stream().map(result -> ReportPlots.calibration(scores, result)).toList();
    double highest = curves.stream().mapToDouble(ReportPlots::highest).max().orElse(1);
    PngPlot plot =
        new PngPlot("Calibration", "mean score of a tenth", "share of positives")
            .square(highest)
            .diagonal("perfect", highest);
    for (int i = 0; i < shown.size(); i++) {
      plot.curve(shown.get(i).name(), curves.get(i).x(), curves.get(i).y());
    }
    return plot;
  }
}
