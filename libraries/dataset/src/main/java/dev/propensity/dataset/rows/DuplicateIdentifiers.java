package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.SourceFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of a table that have the identifier of an earlier one: rejected in training, counted in
 * scoring. Memory: see {@link IdentifierSet}.
 */
final class DuplicateIdentifiers {
  private static final int MAX_EXAMPLES = 10;

  private final String column;
  private final boolean rejects;
  private final SourceFormat format;
  private final IdentifierSet identifiers = new IdentifierSet();
  private final List<String> examples = new ArrayList<>();
  private long count;

  DuplicateIdentifiers(RowSchema schema, SourceFormat format) {
    this.format = format;
    this.column = schema.identifier();
    this.rejects = schema.policy() == RowPolicy.TRAINING;
  }

  /** Checks the table's next rows, and removes those that are rejected from the valid ones. */
  void check(RowBatch batch) {
    SortedMap<Integer, InvalidCell> rejected = new TreeMap<>();
    for (int row = 0; row < batch.rows(); row++) {
      int start = batch.identifierStart(row);
      int length = batch.identifierEnd(row) - start;
      long line = batch.line(row);
      long first = identifiers.add(batch.identifiers(), start, length, line);
      if (first == 0) {
        continue;
      }
      String text = batch.identifier(row);
      if (rejects) {
        String rule = "duplicate of " + format.record(first);
        rejected.put(row, new InvalidCell(column, text, InvalidCell.Rule.DUPLICATE, rule));
        continue;
      }
      count++;
      if (examples.size() < MAX_EXAMPLES) {
        examples.add("'" + text + "' on " + format.records(first, line));
      }
    }
    batch.reject(rejected);
  }

  /** How many were counted so far. */
  long count() {
    return count;
  }

  /** The first ten of them, each with its lines. */
  List<String> examples() {
    return List.copyOf(examples);
  }
}
