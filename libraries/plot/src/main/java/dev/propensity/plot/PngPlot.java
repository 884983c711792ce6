package dev.propensity.plot;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line plot as a PNG file of 720 x 540 pixels, drawn without a display. Fonts differ between
 * machines, and with them the bytes: such a file is for MLflow, not for an artifact.
 */
public final class PngPlot {
  private static final Color GREY = new Color(0x8c959f);

  private final XYChart chart;

  /**
   * A plot whose axes end where its lines do.
   *
   * @param x the name of the axis to the right
   * @param y the name of the axis upwards
   */
  public PngPlot(String title, String x, String y) {
    this.chart =
        new XYChartBuilder()
            .width(720)
            .height(540)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLegendPosition(LegendPosition.OutsideE);
  }

  /** Lets both axes begin at 0 and end here. */
  public PngPlot square(double highest) {
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(highest).setYAxisMin(0.0).setYAxisMax(highest);
    return this;
  }

  /** Draws a line through these points, in the next colour, named in the legend. */
  public PngPlot curve(String name, List<Double> x, List<Double> y) {
    series(name, x, y);
    return this;
  }

  /**
   * Draws a line through these points, named in the legend.
   *
   * @param rgb the line's colour, 0xRRGGBB
   */
  public PngPlot curve(String name, int rgb, List<Double> x, List<Double> y) {
    series(name, x, y).setLineColor(new Color(rgb));
    return this;
  }

  /** Draws a grey line from 0 up to that place on both axes, named in the legend. */
  public PngPlot diagonal(String name, double highest) {
    List<Double> ends = List.of(0.0, highest);
    series(name, ends, ends).setLineColor(GREY);
    return this;
  }

  /** Draws points and a line through them, in the next colour, named in the legend. */
  public PngPlot points(String name, List<? extends Number> x, List<Double> y) {
    chart.addSeries(name, x, y);
    return this;
  }

  private XYSeries series(String name, List<Double> x, List<Double> y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
  }
}
