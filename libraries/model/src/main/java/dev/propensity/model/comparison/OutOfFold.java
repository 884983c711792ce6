package dev.propensity.model.comparison;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.UserException;
import dev.propensity.model.calibration.Calibrator;
import dev.propensity.model.calibration.CalibratorFit;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.CalibrationMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of all folds, each scored by every candidate's model that was not trained on it: fold by
 * fold, in each the order of its table. As a file, {@code out-of-fold.arrow}: identifier, label,
 * fold, and for each candidate a column of scores and one of the margins that they are made of.
 */
public final class OutOfFold {
  /** The file's name in the comparison's artifact. */
  public static final String FILE = "out-of-fold.arrow";

  private static final String FOLD = "fold";
  private static final String MARGIN = " margin"; // behind a candidate's name

  private final FeatureTable table;
  private final int folds;

  private OutOfFold(FeatureTable table) {
    this.table = table;
    int highest = 0;
    for (int row = 0; row < table.rows(); row++) {
      highest = Math.max(highest, (int) table.values()[row * table.names().size()]);
    }
    this.folds = highest;
  }

  /**
   * One fold's validation rows with the margins of the candidates' models.
   *
   * @param margins {@code [candidates][rows]}
   */
  public record Fold(String[] identifiers, byte[] labels, float[][] margins) {}

  /**
   * Joins the folds. A fold's scores are calibrated by what the other folds' margins show, so that
   * no row's label is used to fit its own calibrator.
   *
   * @param candidates their names, in the order of the folds' margins
   * @param calibrations the candidates' methods
   * @param folds all of them, from fold 1
   */
  public static OutOfFold join(
      List<String> candidates, List<CalibrationMethod> calibrations, List<Fold> folds) {
    List<String> names = new ArrayList<>(List.of(FOLD));
    names.addAll(candidates);
    candidates.forEach(candidate -> names.add(candidate + MARGIN));
    int rows = folds.stream().mapToInt(fold -> fold.labels().length).sum();
    String[] identifiers = new String[rows];
    byte[] labels = new byte[rows];
    float[] values = new float[Math.multiplyExact(rows, names.size())];
    int to = 0;
    for (int fold = 0; fold < folds.size(); fold++) {
      Fold from = folds.get(fold);
      for (int row = 0; row < from.labels().length; row++, to++) {
        identifiers[to] = from.identifiers()[row];
        labels[to] = from.labels()[row];
        values[to * names.size()] = fold + 1;
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
          int margin = 1 + candidates.size() + candidate;
          values[to * names.size() + margin] = from.margins()[candidate][row];
        }
      }
    }
    OutOfFold joined = new OutOfFold(new FeatureTable(names, identifiers, labels, values));
    for (int candidate = 0; candidate < candidates.size(); candidate++) {
      joined.calibrate(1 + candidate, calibrations.get(candidate));
    }
    return joined;
  }

  /** Sets the scores in this column. */
  private void calibrate(int column, CalibrationMethod method) {
    int width = table.names().size();
    MarginRows margins = margins(table.names().get(column)).orElseThrow();
    for (int held = 1; held <= folds; held++) {
      int fold = held;
      Calibrator calibrator = CalibratorFit.of(method, margins.where(row -> !isIn(fold, row)));
      for (int row = 0; row < table.rows(); row++) {
        if (isIn(fold, row)) {
          table.values()[row * width + column] = calibrator.probability(margins.margin(row));
        }
      }
    }
  }

  /**
   * Reads {@code out-of-fold.arrow}.
   *
   * @throws UserException if it is damaged or another file
   */
  public static OutOfFold read(Path arrow) {
    FeatureTable table = FeatureTable.read(arrow);
    if (table.names().isEmpty() || !table.names().get(0).equals(FOLD)) {
      throw new UserException(arrow.getFileName() + " has no out-of-fold scores");
    }
    return new OutOfFold(table);
  }

  /** Writes {@code out-of-fold.arrow}, with these names of the identifier and the label. */
  public void write(Path arrow, String identifier, String label) {
    table.write(arrow, identifier, label);
  }

  /** The candidates' names. */
  public List<String> candidates() {
    return table.names().stream().skip(1).filter(name -> !name.endsWith(MARGIN)).toList();
  }

  /** How many folds there are. */
  public int folds() {
    return folds;
  }

  /** How many rows there are in all folds. */
  public int rows() {
    return table.rows();
  }

  /** A candidate's scores of all rows. */
  public ScoredRows pooled(String candidate) {
    return scored(candidate, 0);
  }

  /** A candidate's margins of all rows; empty in files of versions without calibration. */
  public Optional<MarginRows> margins(String candidate) {
    int column = table.names().indexOf(candidate + MARGIN);
    if (column < 0) {
      return Optional.empty();
    }
    float[] margins = new float[table.rows()];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = table.values()[row * table.names().size() + column];
    }
    return Optional.of(new MarginRows(margins, table.labels()));
  }

  /**
   * A candidate's scores of one fold's rows.
   *
   * @param fold from 1
   */
  public ScoredRows ofFold(String candidate, int fold) {
    return scored(candidate, fold);
  }

  private ScoredRows scored(String candidate, int fold) {
    int column = table.names().indexOf(candidate);
    if (column < 1) {
      throw new IllegalArgumentException("no candidate " + candidate);
    }
    int width = table.names().size();
    int rows = 0;
    for (int row = 0; row < table.rows(); row++) {
      rows += isIn(fold, row) ? 1 : 0;
    }
    byte[] labels = new byte[rows];
    float[] scores = new float[rows];
    int to = 0;
    for (int row = 0; row < table.rows(); row++) {
      if (isIn(fold, row)) {
        labels[to] = table.labels()[row];
        scores[to++] = table.values()[row * width + column];
      }
    }
    return ScoredRows.of(fold == 0 ? "the folds" : "fold " + fold, labels, scores);
  }

  private boolean isIn(int fold, int row) {
    return fold == 0 || table.values()[row * table.names().size()] == fold;
  }
}
