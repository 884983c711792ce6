package dev.propensity.dataset.rows.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cells whose category is not in the training data, by column, and similar known values. */
public final class UnseenCategories {
  /** The share of a column's rows above which the scores are unreliable. */
  private static final double WARNING_SHARE = 0.05;

  private static final int MAX_LOOK_ALIKES = 10;

  private final SortedMap<String, UnseenColumn> columns = new TreeMap<>();
  private long rows;

  /** Counts so many rows. */
  public void addRows(long count) {
    rows += count;
  }

  /**
   * Adds other counts.
   *
   * @param counts by column, how many rows are unseen
   * @param lookAlikes by column and unseen word, the known word that it looks like
   */
  public void add(
      Map<String, Long> counts, Map<String, ? extends SortedMap<String, String>> lookAlikes) {
    counts.forEach((column, count) -> add(column, count, Map.of()));
    lookAlikes.forEach((column, words) -> add(column, 0, words));
  }

  /** Adds an unseen word that looks like a known one, which is counted elsewhere. */
  public void addLookAlike(String column, String word, String known) {
    add(column, 0, Map.of(word, known));
  }

  private void add(String name, long count, Map<String, String> words) {
    UnseenColumn column = columns.getOrDefault(name, new UnseenColumn(0, new TreeMap<>()));
    SortedMap<String, String> alike = column.lookAlikes();
    words.forEach(
        (word, known) -> {
          if (alike.size() < MAX_LOOK_ALIKES) {
            alike.putIfAbsent(word, known);
          }
        });
    columns.put(name, new UnseenColumn(column.rows() + count, alike));
  }

  /** The columns that have unseen cells. */
  public SortedMap<String, UnseenColumn> columns() {
    return columns;
  }

  /** By column, how many rows are unseen. */
  public SortedMap<String, Long> counts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    columns.forEach((name, column) -> counts.put(name, column.rows()));
    return counts;
  }

  /** By column and unseen word, the known word that it looks like; only columns with any. */
  public SortedMap<String, SortedMap<String, String>> lookAlikes() {
    SortedMap<String, SortedMap<String, String>> alike = new TreeMap<>();
    columns.forEach(
        (name, column) -> {
          if (!column.lookAlikes().isEmpty()) {
            alike.put(name, column.lookAlikes());
          }
        });
    return alike;
  }

  /** How many rows were read. */
  public long rows() {
    return rows;
  }

  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /**
   * The columns of which more than {@value #WARNING_SHARE} of the rows are unseen: the scores of
   * these rows are unreliable. This is the only place with this rule.
   */
  public List<String> doubtful() {
    return columns.entrySet().stream()
        .filter(column -> column.getValue().rows() > WARNING_SHARE * rows)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A warning for each column of {@link #doubtful}, in one line. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (String name : doubtful()) {
      UnseenColumn column = Objects.requireNonNull(columns.get(name), name);
      double percent = 100.0 * column.rows() / rows;
      String share = String.format(Locale.ROOT, "%.1f%% of the rows have", percent);
      warnings.add(column.line(name, share));
    }
    return warnings;
  }

  /** The columns in one line each, with their look-alikes. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    columns.forEach(
        (name, column) -> {
          String count = String.format(Locale.ROOT, "%,d of %,d rows have", column.rows(), rows);
          lines.add(column.line(name, count));
        });
    return lines;
  }
}
