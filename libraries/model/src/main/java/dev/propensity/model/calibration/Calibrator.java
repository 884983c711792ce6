package dev.propensity.model.calibration;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.propensity.model.metric.Sigmoid;
import dev.propensity.model.trainer.Scorer;

/**
 * Maps a model's margin, its log-odds, to those of a calibrated probability. It is strictly
 * increasing, so the order of rows is kept, except for ties by rounding. The same in Java and
 * Python: doubles, rounded to float32 at the end.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Calibrator.None.class, name = "none"),
  @JsonSubTypes.Type(value = PlattScaling.class, name = "platt"),
  @JsonSubTypes.Type(value = IsotonicCalibration.class, name = "isotonic")
})
public sealed interface Calibrator permits Calibrator.None, PlattScaling, IsotonicCalibration {

  /** The calibrated log-odds of this margin. */
  float calibrate(float margin);

  /** The method's name, a value of the parameter {@code calibration}. */
  String name();

  /** A scorer whose scores are calibrated; its margins stay the model's own. */
  default Scorer over(Scorer scorer) {
    return new CalibratedScorer(scorer, this);
  }

  /** The probability of this margin. */
  default float probability(float margin) {
    return (float) Sigmoid.of(calibrate(margin));
  }

  /** Leaves scores as they are. */
  record None() implements Calibrator {
    @Override
    public float calibrate(float margin) {
      return margin;
    }

    @Override
    public String name() {
      return "none";
    }

    /** The scorer itself: a learner's own steps to its score differ in the last bit. */
    @Override
    public Scorer over(Scorer scorer) {
      return scorer;
    }
  }
}
