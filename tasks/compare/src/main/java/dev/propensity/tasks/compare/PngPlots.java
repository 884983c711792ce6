package dev.propensity.tasks.compare;

import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.FoldResult;
import dev.propensity.model.comparison.Comparison.Result;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.metric.Curve;
import dev.propensity.model.metric.Ranking;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The report's plots as PNG files for MLflow; drawn without a display. */
final class PngPlots {
  private static final Color GREY = new Color(0x8c959f);

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
    save(auc(), folder.resolve("auc.png"));
    XYChart roc =
        chart("ROC curve, pooled", "share of negatives selected", "share of positives selected", 1);
    diagonal(roc, "random", 1);
    for (Result result : shown) {
      line(roc, result.name(), Curve.roc(Ranking.of(scores.pooled(result.name()))));
    }
    save(roc, folder.resolve("roc.png"));
    List<Curve> curves =
        shown.stream().map(result -> ReportPlots.calibration(scores, result)).toList();
    double highest = curves.stream().mapToDouble(ReportPlots::highest).max().orElse(1);
    XYChart calibration =
        chart("Calibration", "mean score of a tenth", "share of positives", highest);
    diagonal(calibration, "perfect", highest);
    for (int i = 0; i < shown.size(); i++) {
      line(calibration, shown.get(i).name(), curves.get(i));
    }
    save(calibration, folder.resolve("calibration.png"));
  }

  private XYChart auc() {
    XYChart chart = chart("AUC of each fold", "fold", "AUC", comparison.folds());
    chart.getStyler().setXAxisMin(null).setXAxisMax(null).setYAxisMin(null).setYAxisMax(null);
    List<Integer> folds = IntStream.rangeClosed(1, comparison.folds()).boxed().toList();
    for (Result result : shown) {
      List<Double> values = result.folds().stream().map(FoldResult::auc).toList();
      chart.addSeries(result.name(), folds, values);
    }
    return chart;
  }

  private static void line(XYChart chart, String name, Curve curve) {
    chart.addSeries(name, curve.x(), curve.y()).setMarker(SeriesMarkers.NONE);
  }

  private static void diagonal(XYChart chart, String name, double highest) {
    List<Double> ends = List.of(0.0, highest);
    chart.addSeries(name, ends, ends).setMarker(SeriesMarkers.NONE).setLineColor(GREY);
  }

  private static XYChart chart(String title, String x, String y, double highest) {
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
        .setXAxisMax(highest)
        .setYAxisMin(0.0)
        .setYAxisMax(highest)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  private static void save(XYChart chart, Path file) throws IOException {
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
  }
}
