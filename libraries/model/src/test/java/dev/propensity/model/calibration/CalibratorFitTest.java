package dev.propensity.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.Sigmoid;
import dev.propensity.model.trainer.CalibrationMethod;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorFitTest {
  /** Rows whose log-odds are {@code slope × margin + intercept}. */
  private static MarginRows rows(int count, double slope, double intercept, long seed) {
    Random random = new Random(seed);
    float[] margins = new float[count];
    byte[] labels = new byte[count];
    for (int row = 0; row < count; row++) {
      margins[row] = (float) random.nextGaussian();
      double probability = Sigmoid.of(slope * margins[row] + intercept);
      labels[row] = (byte) (random.nextDouble() < probability ? 1 : 0);
    }
    return new MarginRows(margins, labels);
  }

  private static double logLoss(Calibrator calibrator, MarginRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      sum += LogLoss.of(calibrator.probability(rows.margin(row)), rows.isPositive(row));
    }
    return sum / rows.size();
  }

  @Property(tries = 20)
  void plattFindsTheLine(
      @ForAll @DoubleRange(min = 0.3, max = 7) double slope,
      @ForAll @DoubleRange(min = -3, max = 1) double intercept,
      @ForAll @IntRange(max = 1000) int seed) {
    MarginRows rows = rows(20_000, slope, intercept, seed);
    PlattScaling fitted = (PlattScaling) CalibratorFit.of(CalibrationMethod.PLATT, rows);
    assertThat(fitted.slope() / slope).isCloseTo(1, within(0.25));
    assertThat(fitted.intercept()).isCloseTo(intercept, within(0.3));
  }

  @Test
  void outOfFoldScoresAreOfTheSameMethodHoweverFewRowsTheirFoldsHave() {
    MarginRows rows = rows(2200, 1, 0, 3);
    assertThat(rows.positives()).isBetween(1000, 1110); // below 1,000 in nine tenths of the rows
    Calibrator isotonic = CalibratorFit.of(CalibrationMethod.ISOTONIC, rows);
    assertThat(isotonic).isInstanceOf(IsotonicCalibration.class);
    Calibrator platt = CalibratorFit.of(CalibrationMethod.PLATT, rows);
    assertThat(CalibratorFit.outOfFold(isotonic, rows))
        .isNotEqualTo(CalibratorFit.outOfFold(platt, rows));
  }

  @Test
  void plattFitsMarginsOfAnyUnit() {
    MarginRows rows = rows(5000, 1, 0, 1);
    float[] moved = new float[rows.size()];
    for (int row = 0; row < moved.length; row++) {
      moved[row] = 1000 + rows.margin(row) / 1000;
    }
    Calibrator fitted =
        CalibratorFit.of(CalibrationMethod.PLATT, new MarginRows(moved, rows.labels()));
    assertThat(((PlattScaling) fitted).slope()).isCloseTo(1000, within(100.0));
  }

  @Test
  void outOfFoldScoresAreCalibratedByOtherRows() {
    MarginRows rows = rows(2000, 0.5, -1, 1);
    Calibrator calibrator = CalibratorFit.of(CalibrationMethod.PLATT, rows);
    float[] scores = CalibratorFit.outOfFold(calibrator, rows);
    float[] moved = rows.margins().clone();
    moved[17] += 3;
    float[] after = CalibratorFit.outOfFold(calibrator, new MarginRows(moved, rows.labels()));
    RowFolds folds = new RowFolds(rows.labels(), 10);
    for (int row = 0; row < scores.length; row++) {
      boolean isCalibratedByRow17 = folds.of(row) != folds.of(17);
      assertThat(after[row] != scores[row]).isEqualTo(isCalibratedByRow17 || row == 17);
      assertThat(scores[row]).isCloseTo(calibrator.probability(rows.margin(row)), within(0.05f));
    }
  }

  @Test
  void outOfFoldScoresWithoutACalibratorAreThoseOfTheMargins() {
    MarginRows rows = rows(50, 1, 0, 1);
    float[] scores = CalibratorFit.outOfFold(new Calibrator.None(), rows);
    assertThat(scores[3]).isEqualTo((float) Sigmoid.of(rows.margin(3)));
  }

  @Test
  void autoLeavesCalibratedScoresAsTheyAre() {
    int none = 0;
    for (int seed = 0; seed < 40; seed++) {
      none +=
          CalibratorFit.of(CalibrationMethod.AUTO, rows(4000, 1, 0, seed)).name().equals("none")
              ? 1
              : 0;
    }
    assertThat(none).isGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 6.7})
  void autoStretchesAndShrinks(double slope) {
    for (int seed = 0; seed < 5; seed++) {
      MarginRows rows = rows(8000, slope, -2, seed);
      Calibrator fitted = CalibratorFit.of(CalibrationMethod.AUTO, rows);
      assertThat(fitted.name()).isEqualTo("platt");
      MarginRows others = rows(8000, slope, -2, 1000 + seed);
      assertThat(logLoss(fitted, others)).isLessThan(logLoss(new Calibrator.None(), others));
    }
  }

  @Test
  void autoBendsWhereNoLineFits() {
    MarginRows rows = bent(40_000, 1);
    Calibrator fitted = CalibratorFit.of(CalibrationMethod.AUTO, rows);
    assertThat(fitted.name()).isEqualTo("isotonic");
    MarginRows others = bent(40_000, 2);
    assertThat(logLoss(fitted, others))
        .isLessThan(logLoss(CalibratorFit.of(CalibrationMethod.PLATT, rows), others));
  }

  /** Rows whose log-odds are the margin below 0, and rise four times as fast above. */
  private static MarginRows bent(int count, long seed) {
    Random random = new Random(seed);
    float[] margins = new float[count];
    byte[] labels = new byte[count];
    for (int row = 0; row < count; row++) {
      margins[row] = (float) random.nextGaussian();
      double probability = Sigmoid.of((margins[row] > 0 ? 4 : 0.3) * margins[row] - 1);
      labels[row] = (byte) (random.nextDouble() < probability ? 1 : 0);
    }
    return new MarginRows(margins, labels);
  }

  @Property(tries = 50)
  void everyCalibratorRises(
      @ForAll @IntRange(min = 2100, max = 4000) int count,
      @ForAll @DoubleRange(min = 0.1, max = 7) double slope,
      @ForAll @IntRange(max = 1000) int seed) {
    MarginRows rows = rows(count, slope, 0.3, seed);
    for (CalibrationMethod method : CalibrationMethod.values()) {
      Calibrator fitted = CalibratorFit.of(method, rows);
      float last = Float.NEGATIVE_INFINITY;
      for (float margin = -6; margin < 6; margin += 0.01f) {
        float calibrated = fitted.calibrate(margin);
        assertThat(calibrated).as("%s at %s", method, margin).isGreaterThan(last);
        last = calibrated;
      }
    }
  }

  @Test
  void fewPositivesAllowNoIsotonicRegression() {
    assertThat(CalibratorFit.of(CalibrationMethod.ISOTONIC, rows(900, 2, 0, 1)).name())
        .isEqualTo("platt");
  }

  @ParameterizedTest
  @EnumSource
  void marginsThatRankTheWrongWayAreNotTurned(CalibrationMethod method) {
    assertThat(CalibratorFit.of(method, rows(6000, -2, 0, 1)).name()).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1})
  void oneLabelAloneFitsNothing(byte label) {
    byte[] labels = {label, label};
    MarginRows rows = new MarginRows(new float[] {1, 2}, labels);
    assertThat(CalibratorFit.of(CalibrationMethod.AUTO, rows).name()).isEqualTo("none");
  }

  @Test
  void equalMarginsFitNothing() {
    float[] margins = new float[3000];
    byte[] labels = new byte[3000];
    for (int row = 0; row < labels.length; row += 2) {
      labels[row] = 1;
    }
    for (CalibrationMethod method : CalibrationMethod.values()) {
      assertThat(CalibratorFit.of(method, new MarginRows(margins, labels)).name())
          .isEqualTo("none");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "PLATT", "ISOTONIC"})
  void readsWhatItWrites(CalibrationMethod method) throws Exception {
    Calibrator fitted = CalibratorFit.of(method, rows(3000, 2, 0, 1));
    ObjectMapper json = new ObjectMapper();
    assertThat(fitted.name()).isEqualTo(method.name().toLowerCase(Locale.ROOT));
    String text = json.writeValueAsString(fitted);
    assertThat(text).contains("\"method\":\"" + fitted.name() + "\"");
    assertThat(json.readValue(text, Calibrator.class)).isEqualTo(fitted);
  }

  @Test
  void sortsMarginsOfAnySign() {
    float[] margins = {2, -1, -0f, -3, 1e-30f};
    float[] sorted = new MarginRows(margins, new byte[5]).sorted().margins();
    assertThat(sorted).containsExactly(-3, -1, -0f, 1e-30f, 2);
  }

  // Worked by hand: the rates of the margins 1 to 5 are 0, 1/2, 0, 1, 1. The second and the third
  // violate the order: 1 of 3 rows. The base rate is 3/6.
  @Test
  void poolsAdjacentViolators() {
    float[] margins = {1, 2, 2, 3, 4, 5};
    byte[] labels = {0, 1, 0, 0, 1, 1};
    IsotonicCalibration fitted =
        IsotonicCalibration.fit(new MarginRows(margins, labels)).orElseThrow();
    assertThat(fitted.margins()).containsExactly(1, 7.0 / 3, 4.5);
    double[] rates = {0.5 / 2, 1.5 / 4, 2.5 / 3};
    for (int point = 0; point < rates.length; point++) {
      assertThat(Sigmoid.of(fitted.logOdds()[point])).isCloseTo(rates[point], within(1e-12));
    }
    assertThat(Sigmoid.of(fitted.calibrate(4.5f))).isCloseTo(2.5 / 3, within(1e-6));
    double middle = (fitted.logOdds()[1] + fitted.logOdds()[2]) / 2;
    assertThat((double) fitted.calibrate((float) ((7.0 / 3 + 4.5) / 2)))
        .isCloseTo(middle, within(1e-6));
  }

  // Worked by hand: with one value of x for each label's half, the line goes through both rates,
  // 1/4 at -1 and 3/4 at 1: log-odds of -ln 3 and ln 3.
  @Test
  void plattTargetsAreInsideZeroAndOne() {
    float[] margins = {-1, -1, -1, -1, 1, 1, 1, 1};
    byte[] labels = {1, 0, 0, 0, 1, 1, 1, 0};
    PlattScaling fitted = PlattScaling.fit(new MarginRows(margins, labels)).orElseThrow();
    // Platt's targets are 5/6 and 1/6: rates of (5/6 + 3/6) / 4 = 1/3 and 2/3.
    assertThat(fitted.slope()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(fitted.intercept()).isCloseTo(0, within(1e-6));
  }

  @Test
  void rejectsCalibratorsThatDoNotRise() {
    assertThatThrownBy(() -> new PlattScaling(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IsotonicCalibration(new double[] {1, 1}, new double[] {0, 1}, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IsotonicCalibration(new double[] {1}, new double[] {0}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
