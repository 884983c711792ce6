package dev.propensity.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates and times by ISO 8601: {@code 2026-01-31}, {@code 2026-01-31T08:30:00.25Z}. */
final class TimeText {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The Julian day of 1970-01-01, in timestamps of 96 bits. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(TIME)
          .toFormatter(Locale.ROOT);

  private TimeText() {}

  /**
   * @param day days since 1970-01-01
   */
  static String date(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  /**
   * @param time since midnight
   * @param perSecond the unit: 1,000 for milliseconds
   */
  static String time(long time, long perSecond) {
    return TIME.format(
        LocalTime.ofNanoOfDay(Math.multiplyExact(time, NANOS_PER_SECOND / perSecond)));
  }

  /**
   * @param time since 1970-01-01T00:00
   * @param perSecond the unit: 1,000 for milliseconds
   * @param isUtc whether it is an instant, which ends in Z; else a local time of an unknown zone
   */
  static String timestamp(long time, long perSecond, boolean isUtc) {
    long nanos = Math.floorMod(time, perSecond) * (NANOS_PER_SECOND / perSecond);
    return timestamp(Math.floorDiv(time, perSecond), nanos) + (isUtc ? "Z" : "");
  }

  /**
   * A timestamp of 96 bits, as older versions of Spark, Hive and Impala write it: nanoseconds of
   * the day, and the Julian day. Its zone is not known.
   */
  static String int96(byte[] bytes) {
    ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = parts.getLong();
    long day = parts.getInt() - JULIAN_EPOCH;
    long seconds = day * 86_400 + Math.floorDiv(nanos, NANOS_PER_SECOND);
    return timestamp(seconds, Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  private static String timestamp(long seconds, long nanos) {
    return TIMESTAMP.format(LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC));
  }
}
