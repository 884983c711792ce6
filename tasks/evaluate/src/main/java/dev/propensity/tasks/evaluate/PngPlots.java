package dev.propensity.tasks.evaluate;

import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Plots;
import dev.propensity.model.metric.Curve;
import dev.propensity.plot.PngPlot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/** The report's plots as PNG files for MLflow; drawn without a display. */
final class PngPlots {
  private static final int BLUE = 0x1f6feb;
  private static final int ORANGE = 0xbc6c00;

  private final Evaluation evaluation;

  PngPlots(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Writes the files into this folder. */
  void write(Path folder) throws IOException {
    curves("ROC curve", "share of negatives selected", "share of positives selected", Plots::roc)
        .diagonal("random", 1)
        .write(folder.resolve("roc.png"));
    curves("Precision and recall", "recall", "precision", Plots::precisionRecall)
        .write(folder.resolve("precision-recall.png"));
    curves("Gain", "share of customers contacted", "share of takers reached", Plots::gain)
        .diagonal("random", 1)
        .write(folder.resolve("gain.png"));
    double highest = ReportPlots.highest(evaluation.candidate().plots().calibration());
    curves(
            "Calibration",
            "mean score of a tenth",
            "share of positives",
            plots -> ReportPlots.curve(plots.calibration()))
        .diagonal("perfect", highest)
        .square(highest)
        .write(folder.resolve("calibration.png"));
  }

  private PngPlot curves(String title, String x, String y, Function<Plots, Curve> of) {
    PngPlot plot = new PngPlot(title, x, y).square(1);
    if (evaluation.champion() != null) {
      Curve champion = of.apply(evaluation.champion().plots());
      plot.curve("champion", ORANGE, champion.x(), champion.y());
    }
    Curve candidate = of.apply(evaluation.candidate().plots());
    return plot.curve("candidate", BLUE, candidate.x(), candidate.y());
  }
}
