package dev.propensity.dataset.rows;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cells of a batch's rows whose category is not in the training data. */
final class BatchUnseen {
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, SortedMap<String, String>> lookAlikes = new TreeMap<>();

  /** Counts a row with an unseen category in this column. */
  void add(String column) {
    rows.merge(column, 1L, Long::sum);
  }

  void addLookAlike(String column, String word, String known) {
    lookAlikes.computeIfAbsent(column, key -> new TreeMap<>()).putIfAbsent(word, known);
  }

  /** By column, how many rows have an unseen category. */
  Map<String, Long> rows() {
    return rows;
  }

  /** By column and unseen word, the known word that it looks like. */
  Map<String, SortedMap<String, String>> lookAlikes() {
    return lookAlikes;
  }
}
