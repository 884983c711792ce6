package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UsualEffectTest {
  @Test
  void theDirectionsFollowFromTheMeanAndTheVariance() {
    // Mean 0.02, variance (2 · 0.01²) / 2 = 0.0001: 2 · 0.0004 / 0.0001 = 8 directions.
    UsualEffect usual = UsualEffect.of(new double[] {0.01, 0.02, 0.03});
    assertThat(usual.mean()).isCloseTo(0.02, within(1e-15));
    assertThat(usual.directions()).isCloseTo(8, within(1e-9));
    assertThat(UsualEffect.of(new double[] {0, 0, 0, 0.1}).directions()).isEqualTo(1);
    assertThat(UsualEffect.of(new double[3])).isEqualTo(new UsualEffect(0, 1));
  }

  @Test
  void oneDirectionIsTheSquareOfStudentsT() {
    // 2.0518 is exceeded by t of 27 degrees with a probability of 2.5%, or 5% on both sides.
    double t = 2.051830516480286;
    assertThat(new UsualEffect(0.02, 1).exceeded(0.05, 0.5, 27))
        .isCloseTo(0.02 * 0.5 * t * t, within(1e-9));
    assertThat(new UsualEffect(0.02, 8).exceeded(0.05, 0.5, 27))
        .isLessThan(new UsualEffect(0.02, 1).exceeded(0.05, 0.5, 27));
  }
}
