package dev.propensity.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03-11, 2026-03-11T00:00:00Z",
    "2026-03-11T10:15:00Z, 2026-03-11T10:15:00Z",
    "2026-03-11T10:15:00+02:00, 2026-03-11T08:15:00Z",
    "2026-03-11 10:15:00.25, 2026-03-11T10:15:00.25Z",
    "2026-03-11T10:15, 2026-03-11T10:15:00Z"
  })
  void readsDatesAndTimes(String text, Instant expected) {
    assertThat(OutcomeTime.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.03.2026", "2026-02-30", "today", "2026-03-11T25:00", "1773144000"})
  void rejectsOthers(String text) {
    assertThatThrownBy(() -> OutcomeTime.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
