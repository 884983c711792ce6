package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.FittedCategory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The cells of the record that is read whose category is not in the training data; reused for the
 * next record.
 */
final class RecordUnseen {
  private record LookAlike(String column, String word, String known) {}

  private final Set<String> columns = new LinkedHashSet<>();
  private final List<LookAlike> lookAlikes = new ArrayList<>();

  void clear() {
    columns.clear();
    lookAlikes.clear();
  }

  /** Adds an unseen word, which is trimmed. */
  void add(FittedCategory category, String word) {
    String column = category.column.name();
    columns.add(column);
    String known = category.lookAlike(word);
    if (known != null) {
      lookAlikes.add(new LookAlike(column, word, known));
    }
  }

  /** Counts the record's unseen cells in its batch. */
  void addTo(RowBatch batch) {
    columns.forEach(batch.unseen()::add);
    lookAlikes.forEach(alike -> batch.unseen().addLookAlike(alike.column, alike.word, alike.known));
  }
}
