package dev.propensity.dataset.draft;

import dev.propensity.dataset.encoder.WordCodes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A column with two values, which may be the label.
 *
 * @param column its place in the table
 * @param positive the value that obviously means yes, else the rarer one
 * @param positives how many rows have it
 * @param missing how many rows have neither value
 * @param nameRank how much the name is that of a label: 2, 1 or 0
 * @param score higher for a likelier label
 */
public record LabelCandidate(
    int column,
    String name,
    String positive,
    String negative,
    long positives,
    long negatives,
    long missing,
    int nameRank,
    double score) {
  private static final double LOWEST_RATE = 0.001;
  private static final double HIGHEST_RATE = 0.6;

  /** The share of positive rows among those with a label. */
  public double rate() {
    return (double) positives / (positives + negatives);
  }

  /** 1 for the positive cells of its column, 0 for the negative ones, by their hashes. */
  Map<Long, Byte> labels(ColumnProfile profile) {
    Map<Long, Byte> labels = new HashMap<>();
    profile
        .wordsByHash()
        .forEach(
            (hash, word) -> {
              if (isSame(word, positive)) {
                labels.put(hash, (byte) 1);
              } else if (isSame(word, negative)) {
                labels.put(hash, (byte) 0);
              }
            });
    return labels;
  }

  /** Whether they differ only in how the value is written. */
  private static boolean isSame(String word, String value) {
    return word.equals(value) || values(Map.of(word, 1L, value, 1L)).size() == 1;
  }

  /** In words, for a person who chooses: {@code churn (Yes in 26.5% of the rows)}. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s (%s in %.1f%% of the rows)",
        KindChoice.shortened(name),
        KindChoice.shortened(positive),
        100 * rate());
  }

  /**
   * The candidate that this column with these two values is.
   *
   * @param rows of each value
   * @param last whether it is the table's last column
   */
  static LabelCandidate of(
      int column, String name, Map<String, Long> rows, long missing, boolean last) {
    List<Map.Entry<String, Long>> values = List.copyOf(rows.entrySet());
    Map.Entry<String, Long> one = values.get(0);
    Map.Entry<String, Long> other = values.get(1);
    String yes = CellWords.yes(one.getKey(), other.getKey());
    boolean first = yes == null ? one.getValue() < other.getValue() : yes.equals(one.getKey());
    String positive = (first ? one : other).getKey();
    String negative = (first ? other : one).getKey();
    long positives = (first ? one : other).getValue();
    long negatives = (first ? other : one).getValue();
    double rate = (double) positives / (positives + negatives);
    int nameRank = NameWords.labelRank(name);
    double score = nameRank;
    score += yes != null ? 0.25 : 0;
    score += last ? 0.5 : column <= 1 ? 0.25 : 0;
    score += rate >= LOWEST_RATE && rate <= HIGHEST_RATE ? 0.25 : 0;
    score -= missing > 0 ? 0.5 : 0;
    return new LabelCandidate(
        column, name, positive, negative, positives, negatives, missing, nameRank, score);
  }

  /**
   * The values as labels are compared, with their rows: 1.0 is 1, and True is true; of each the
   * most frequent way to write it.
   */
  static Map<String, Long> values(Map<String, Long> words) {
    boolean numeric = WordCodes.areNumbers(List.copyOf(words.keySet()));
    boolean truths =
        words.keySet().stream()
            .allMatch(w -> w.equalsIgnoreCase("true") || w.equalsIgnoreCase("false"));
    Map<Object, String> spellings = new LinkedHashMap<>();
    Map<Object, Long> rows = new LinkedHashMap<>();
    words.forEach(
        (word, count) -> {
          Object key =
              numeric ? WordCodes.number(word) : truths ? word.toLowerCase(Locale.ROOT) : word;
          spellings.merge(
              key, word, (a, b) -> words.getOrDefault(a, 0L) >= words.getOrDefault(b, 0L) ? a : b);
          rows.merge(key, count, Long::sum);
        });
    Map<String, Long> values = new LinkedHashMap<>();
    spellings.forEach((key, word) -> values.put(word, rows.getOrDefault(key, 0L)));
    return values;
  }
}
