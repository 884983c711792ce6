package dev.propensity.tasks.evaluate;

import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Plots;
import dev.propensity.model.metric.Curve;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The report's plots as PNG files for MLflow; drawn without a display. */
final class PngPlots {
  private static final Color BLUE = new Color(0x1f6feb);
  private static final Color ORANGE = new Color(0xbc6c00);
  private static final Color GREY = new Color(0x8c959f);

  private final Evaluation evaluation;

  PngPlots(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Writes the files into this folder. */
  void write(Path folder) throws IOException {
    XYChart roc = chart("ROC curve", "share of negatives selected", "share of positives selected");
    curves(roc, Plots::roc);
    line(roc, "random", List.of(0.0, 1.0), List.of(0.0, 1.0), GREY);
    save(roc, folder.resolve("roc.png"));

    XYChart precision = chart("Precision and recall", "recall", "precision");
    curves(precision, Plots::precisionRecall);
    save(precision, folder.resolve("precision-recall.png"));

    XYChart gain = chart("Gain", "share of customers contacted", "share of takers reached");
    curves(gain, Plots::gain);
    line(gain, "random", List.of(0.0, 1.0), List.of(0.0, 1.0), GREY);
    save(gain, folder.resolve("gain.png"));

    XYChart calibration = chart("Calibration", "mean score of a tenth", "share of positives");
    curves(calibration, plots -> ReportPlots.curve(plots.calibration()));
    double highest = ReportPlots.highest(evaluation.candidate().plots().calibration());
    line(calibration, "perfect", List.of(0.0, highest), List.of(0.0, highest), GREY);
    calibration.getStyler().setXAxisMax(highest);
    calibration.getStyler().setYAxisMax(highest);
    save(calibration, folder.resolve("calibration.png"));
  }

  private void curves(XYChart chart, Function<Plots, Curve> of) {
    if (evaluation.champion() != null) {
      Curve champion = of.apply(evaluation.champion().plots());
      line(chart, "champion", champion.x(), champion.y(), ORANGE);
    }
    Curve candidate = of.apply(evaluation.candidate().plots());
    line(chart, "candidate", candidate.x(), candidate.y(), BLUE);
  }

  private static void line(
      XYChart chart, String name, List<Double> x, List<Double> y, Color color) {
    chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE).setLineColor(color);
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(540)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setXAxisMin(0.0)
        .setXAxisMax(1.0)
        .setYAxisMin(0.0)
        .setYAxisMax(1.0)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  private static void save(XYChart chart, Path file) throws IOException {
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
  }
}
