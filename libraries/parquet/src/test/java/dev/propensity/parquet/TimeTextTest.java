package dev.propensity.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TimeTextTest {
  @Test
  void writesDates() {
    assertThat(TimeText.date(0)).isEqualTo("1970-01-01");
    assertThat(TimeText.date(-1)).isEqualTo("1969-12-31");
  }

  @Test
  void writesTimestampsBeforeAndAfter1970() {
    assertThat(TimeText.timestamp(-1, 1_000, true)).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(TimeText.timestamp(-1, 1_000_000_000, false))
        .isEqualTo("1969-12-31T23:59:59.999999999");
    assertThat(TimeText.timestamp(86_400_000_000L, 1_000_000, true))
        .isEqualTo("1970-01-02T00:00:00Z");
  }

  @Test
  void writesTimes() {
    assertThat(TimeText.time(1, 1_000)).isEqualTo("00:00:00.001");
    assertThat(TimeText.time(3_600_000_000L, 1_000_000)).isEqualTo("01:00:00");
  }

  @Test
  void readsJulianDays() {
    ByteBuffer noon = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    noon.putLong(43_200_000_000_000L).putInt(2_440_588); // 12 hours on 1970-01-01
    assertThat(TimeText.int96(noon.array())).isEqualTo("1970-01-01T12:00:00");
  }
}
