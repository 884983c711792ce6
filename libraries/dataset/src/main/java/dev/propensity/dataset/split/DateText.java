package dev.propensity.dataset.split;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The key of a row that is split by its date: {@code 2024-01-31}, in ASCII. */
final class DateText {
  private DateText() {}

  /** The date as days since 1970-01-01. */
  static long epochDay(byte[] key, int from, int length) {
    return LocalDate.parse(new String(key, from, length, StandardCharsets.US_ASCII)).toEpochDay();
  }
}
