package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The groups that rows form by the values of a column. One group is what counts as one category:
 * cells are compared trimmed, in Unicode's form NFC, and as numbers where the column's words are
 * numbers, or as dates; all spellings of a missing value are one group.
 */
public final class RowGroups {
  /** The group of the rows whose value is missing. */
  public static final String MISSING = "";

  private static final Comparator<String> SHORTEST =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final CellReader reader; // for its missing values
  private final List<String> words; // that are known
  private final WordCodes codes;
  private final boolean numeric;

  private RowGroups(Column column, Encoder encoder, Set<String> texts) {
    int place = encoder.find(column.name());
    Encoder.Feature feature = place < 0 ? null : encoder.features().get(place);
    this.reader = CellReader.building(column);
    Set<String> known = new LinkedHashSet<>();
    if (feature != null) {
      known.addAll(feature.categories());
    }
    known.addAll(column.values());
    this.words = List.copyOf(known);
    this.numeric = isNumeric(column, feature, texts);
    this.codes = new WordCodes(words, numeric);
  }

  private boolean isNumeric(Column column, Encoder.@Nullable Feature feature, Set<String> texts) {
    if (column.kind() == ColumnKind.NUMBER) {
      return true;
    }
    if (!column.values().isEmpty()) {
      return WordCodes.areNumbers(column.values());
    }
    if (feature != null) {
      return feature.numeric();
    }
    // The encoder has no column that is not a feature.
    return WordCodes.areNumbers(texts.stream().filter(text -> !reader.isMissing(text)).toList());
  }

  /**
   * Reads the group of each row, by column.
   *
   * @param where the table's name, for errors
   * @param columns by which rows are grouped; numbers in the table have a decimal point
   * @param encoder with the words of the columns that are features
   * @return by name, the column's group in each row: a known word where there is one; {@link
   *     #MISSING} where the value is missing
   * @throws UserException that names a column that is missing
   */
  public static SortedMap<String, String[]> read(
      InputStream csv, String where, List<Column> columns, Encoder encoder) {
    List<List<String>> texts =
        ColumnTexts.read(
            csv, where, columns.stream().map(column -> ColumnName.of(column.name())).toList());
    SortedMap<String, String[]> groups = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Set<String> distinct = new LinkedHashSet<>(texts.get(i));
      Map<String, String> byText = new RowGroups(columns.get(i), encoder, distinct).of(distinct);
      groups.put(
          columns.get(i).name(), texts.get(i).stream().map(byText::get).toArray(String[]::new));
    }
    return groups;
  }

  /** The group of each of these texts. */
  private Map<String, String> of(Set<String> texts) {
    Map<Double, String> numbers = new HashMap<>(); // of words that are not known: the shortest
    for (String text : texts) {
      double number = numeric ? WordCodes.number(text) : Double.NaN;
      if (!Double.isNaN(number)) {
        numbers.merge(number, text, (a, b) -> SHORTEST.compare(a, b) <= 0 ? a : b);
      }
    }
    Map<String, String> groups = new HashMap<>();
    texts.forEach(text -> groups.put(text, group(text, numbers)));
    return groups;
  }

  private @Nullable String group(String text, Map<Double, String> numbers) {
    if (reader.isMissing(text)) {
      return MISSING;
    }
    if (reader instanceof DateReader dates) {
      return dates.iso(text);
    }
    char[] chars = text.toCharArray();
    int code = codes.find(chars, 0, chars.length);
    if (code >= 0) {
      return words.get(code);
    }
    if (numeric && numbers.containsKey(WordCodes.number(text))) {
      return numbers.get(WordCodes.number(text));
    }
    String normal = WordCodes.normalized(chars, 0, chars.length);
    return normal == null ? text : normal;
  }
}
