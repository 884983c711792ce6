package dev.propensity.monitoring.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.time.Instant;
import java.util.TimeZone;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-29, 2026-11-29T00:00:00Z, 2026-11-30T00:00:00Z",
    "2026-11-29T13, 2026-11-29T13:00:00Z, 2026-11-29T14:00:00Z",
    "2026-11-29T23, 2026-11-29T23:00:00Z, 2026-11-30T00:00:00Z",
    "2026-W48, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
    // 2026 has 53 weeks; the last ends on January 3.
    "2026-W53, 2026-12-28T00:00:00Z, 2027-01-04T00:00:00Z",
    "2027-W01, 2027-01-04T00:00:00Z, 2027-01-11T00:00:00Z"
  })
  void isOfAnHourADayOrAWeekInUtc(String text, String from, String to) {
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      TimeWindow window = TimeWindow.parse(text);
      assertThat(window).isEqualTo(new TimeWindow(Instant.parse(from), Instant.parse(to)));
      assertThat(window).hasToString(text);
      assertThat(window.contains(Instant.parse(from))).isTrue();
      assertThat(window.contains(Instant.parse(to))).isFalse();
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-02-30", "2026-13-01", "2026-11-29T24", "2027-W53", "2026-W00", "2026-W60"})
  void rejectsWindowsThatDoNotExist(String text) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> TimeWindow.parse(text))
        .withMessage("there is no window '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2026-11-29T13:00", "2026-11-29T13+01:00", "2026-11-29Z"})
  void rejectsOtherTexts(String text) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> TimeWindow.parse(text))
        .withMessageStartingWith("'" + text + "' is not a window: write a day (2026-11-29)");
  }

  @Property
  void theWindowAroundAnInstantContainsIt(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
      @ForAll MonitorRule.Window length) {
    Instant instant = Instant.ofEpochSecond(second);
    TimeWindow window = TimeWindow.containing(instant, length);
    assertThat(window.contains(instant)).isTrue();
    assertThat(TimeWindow.parse(window.toString())).isEqualTo(window);
  }

  @Test
  void isJsonOfTwoInstants() {
    TimeWindow window = TimeWindow.parse("2026-11-29").until(Instant.parse("2026-11-29T15:30:00Z"));
    String json = CanonicalJson.text(window);
    assertThat(json)
        .isEqualTo("{\"from\":\"2026-11-29T00:00:00Z\",\"to\":\"2026-11-29T15:30:00Z\"}");
    assertThat(CanonicalJson.read(json.getBytes(), TimeWindow.class, "window")).isEqualTo(window);
    assertThat(window).hasToString("2026-11-29T00:00:00Z to 2026-11-29T15:30:00Z");
  }
}
