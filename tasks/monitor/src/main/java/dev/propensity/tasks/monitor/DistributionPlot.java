package dev.propensity.tasks.monitor;

import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.report.SvgBars;
import dev.propensity.report.SvgFigure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The distribution of a variable in a window, drawn over that of the reference. */
final class DistributionPlot {
  /** So many values of a category are drawn, the most frequent ones. */
  static final int MOST_VALUES = 14;

  /** Changes of a share from here on are in the title. */
  private static final double NOTABLE = 0.005;

  private static final String TRAINING = "Training rows";
  private static final String REFERENCE = "Reference";
  private static final String WINDOW = "This window";

  private final String title;
  private final Monitoring.Column column;
  private final List<String> labels;
  private final Shares window;
  private final Shares training;
  private final @Nullable Shares reference;

  /**
   * Shares among all rows.
   *
   * @param bins of each bin
   * @param missing of empty cells
   * @param unseen of values that the training rows lack
   */
  private record Shares(double[] bins, double missing, double unseen) {
    static Shares of(long[] counts, double missing, double unseen) {
      double known = Math.max(1, Arrays.stream(counts).sum());
      double part = (1 - missing) * (1 - unseen);
      return new Shares(
          Arrays.stream(counts).mapToDouble(count -> count / known * part).toArray(),
          missing,
          (1 - missing) * unseen);
    }
  }

  /**
   * @param title what it is of
   * @param labels of the bins
   * @param missing the share of empty cells in the training rows
   */
  DistributionPlot(String title, Monitoring.Column column, List<String> labels, double missing) {
    this.title = title;
    this.column = column;
    this.labels = labels;
    this.window = Shares.of(column.bins(), column.missing(), column.unseen());
    long[] before = column.reference();
    boolean isUsual = before == null;
    this.training = Shares.of(column.baseline(), missing, isUsual ? column.unseenExpected() : 0);
    this.reference =
        before == null
            ? null
            : Shares.of(before, column.missingExpected(), column.unseenExpected());
  }

  /** Bars of ranges of numbers or dates, or of scores. */
  SvgFigure ofRanges(String id) {
    int[] all = IntStream.range(0, labels.size()).toArray();
    return draw(SvgBars.ofBins(id, title(), description(), labels(all, 0)), all, 0);
  }

  /** Bars of values in their order: the most frequent ones, the others together. */
  SvgFigure ofValues(String id) {
    int[] shown =
        IntStream.range(0, labels.size())
            .boxed()
            .sorted(Comparator.comparingDouble(this::largest).reversed())
            .limit(labels.size() <= MOST_VALUES + 1 ? MOST_VALUES + 1 : MOST_VALUES)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    int others = labels.size() - shown.length;
    return draw(SvgBars.ofValues(id, title(), description(), labels(shown, others)), shown, others);
  }

  private double largest(int bin) {
    double usual = reference == null ? training.bins()[bin] : reference.bins()[bin];
    return Math.max(usual, window.bins()[bin]);
  }

  private SvgFigure draw(SvgBars bars, int[] shown, int others) {
    if (reference == null) {
      bars.behind(TRAINING, shares(training, shown, others));
    } else {
      bars.behind(REFERENCE, shares(reference, shown, others));
    }
    bars.front(WINDOW, shares(window, shown, others));
    if (reference != null) {
      bars.levels(TRAINING, shares(training, shown, others));
    }
    return bars.figure();
  }

  private List<String> labels(int[] shown, int others) {
    List<String> all = new ArrayList<>();
    Arrays.stream(shown).forEach(bin -> all.add(labels.get(bin)));
    if (others > 0) {
      all.add(others + " others");
    }
    if (hasMissing()) {
      all.add("(missing)");
    }
    if (hasUnseen()) {
      all.add("(unseen)");
    }
    return all;
  }

  private List<Double> shares(Shares of, int[] shown, int others) {
    List<Double> all = new ArrayList<>();
    Arrays.stream(shown).forEach(bin -> all.add(of.bins()[bin]));
    if (others > 0) {
      double sum = all.stream().mapToDouble(share -> share).sum();
      all.add(Math.max(0, Arrays.stream(of.bins()).sum() - sum));
    }
    if (hasMissing()) {
      all.add(of.missing());
    }
    if (hasUnseen()) {
      all.add(of.unseen());
    }
    return all;
  }

  private boolean hasMissing() {
    return window.missing() > 0 || training.missing() > 0;
  }

  private boolean hasUnseen() {
    return window.unseen() > 0;
  }

  private String title() {
    String name = title + ": effect " + PageText.effect(column.effect());
    String missing = change("missing", column.missing(), column.missingExpected());
    return name + missing + change("unseen", column.unseen(), column.unseenExpected());
  }

  private static String change(String name, double share, double usual) {
    return Math.abs(share - usual) < NOTABLE
        ? ""
        : ", %s %s".formatted(name, PageText.percent(share));
  }

  private String description() {
    return PageText.format(
        "Share of the rows by %s; missing %s, usually %s; unseen %s, usually %s.",
        labels.isEmpty() || labels.get(0).isEmpty() ? "range" : "value",
        PageText.percent(column.missing()),
        PageText.percent(column.missingExpected()),
        PageText.percent(column.unseen()),
        PageText.percent(column.unseenExpected()));
  }
}
