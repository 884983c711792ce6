package dev.propensity.dataset.draft;

import dev.propensity.table.DatePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dates but for a few words, such as 0000-00-00 and 2024-02-30.
 *
 * @param others the words that are no dates
 */
record AlmostDates(DatePattern format, List<String> others) {
  private static final int FEW = 5;
  private static final double ALMOST_ALL = 0.9; // of the rows

  /**
   * The dates among these words.
   *
   * @param words with their rows
   * @return null where they are not almost all dates of one of the usual formats
   */
  static @Nullable AlmostDates of(Map<String, Long> words) {
    long rows = words.values().stream().mapToLong(Long::longValue).sum();
    for (DatePattern format : DateFormats.USUAL) {
      List<String> others = new ArrayList<>();
      long dates = 0;
      for (Map.Entry<String, Long> word : words.entrySet()) {
        long day = format.epochDay(word.getKey());
        if (DatePattern.isDay(day)) {
          dates += word.getValue();
        } else if (others.add(word.getKey()) && others.size() > FEW) {
          break;
        }
      }
      if (others.size() <= FEW && dates >= ALMOST_ALL * rows) {
        return new AlmostDates(format, others);
      }
    }
    return null;
  }
}
