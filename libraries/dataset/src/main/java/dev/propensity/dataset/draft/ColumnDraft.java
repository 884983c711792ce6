package dev.propensity.dataset.draft;

import dev.propensity.dataset.specification.ColumnKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a column is drafted.
 *
 * @param name as the table has it
 * @param kind null where the column is not a feature
 * @param values those of a boolean or an ordinal; the formats of a date
 * @param missing how many rows have no value
 * @param missingValues words that mean a missing value
 * @param sentinels numbers that probably mean one, which are among these words
 * @param minimum the smallest allowed number; null where it is not evident
 * @param note why it is so, for a person; empty where it is evident. If it is not a feature, the
 *     reason
 * @param distinct how many different values there are, in words
 * @param examples some values
 */
public record ColumnDraft(
    String name,
    @Nullable ColumnKind kind,
    List<String> values,
    long missing,
    List<String> missingValues,
    List<Integer> sentinels,
    @Nullable Double minimum,
    String note,
    String distinct,
    List<String> examples) {

  private static final String LEAK = "CHECK: a leak: ";

  /** Whether it is a feature. */
  public boolean isFeature() {
    return kind != null;
  }

  /** Whether it is not a feature since it alone reveals the label. */
  public boolean isLeak() {
    return kind == null && note.startsWith(LEAK);
  }

  /** The same, but not a feature, since it alone reveals the label. */
  ColumnDraft leaking(String reason) {
    return excluded(LEAK + reason);
  }

  /** The same, but not a feature, for this reason. */
  ColumnDraft excluded(String reason) {
    return new ColumnDraft(
        name, null, List.of(), missing, List.of(), List.of(), null, reason, distinct, examples);
  }

  /** Whether two columns differ in nothing but their name and whether values are missing. */
  boolean isLike(ColumnDraft other) {
    return kind == other.kind
        && values.equals(other.values)
        && missingValues.equals(other.missingValues)
        && Objects.equals(minimum, other.minimum)
        && note.equals(other.note);
  }
}
