package dev.propensity.dataset.draft;

import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Drafts the columns of a table that are neither its label nor its identifier. */
final class FeatureDrafts {
  private static final int SHOWN = 3;

  private FeatureDrafts() {}

  /**
   * The columns in the table's order.
   *
   * @param where the table's name, for errors
   * @param label its place
   * @param identifier its place; -1 where rows are numbered
   * @throws UserException if no column can be a feature
   */
  static List<ColumnDraft> of(TableProfile table, String where, int label, int identifier) {
    Map<String, Integer> named = new HashMap<>();
    table.columns().forEach(column -> named.merge(column.name, 1, Integer::sum));
    List<ColumnDraft> drafts = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (i != label && i != identifier) {
        ColumnProfile column = table.columns().get(i);
        ColumnDraft draft = KindChoice.of(column, table.hasDecimalCommas());
        if (!column.name.isEmpty() && named.getOrDefault(column.name, 0) > 1) {
          draft = draft.excluded("the header has this name more than once");
        } else if (identifier < 0 && column.name.equals(RowSchema.ROW_NUMBER)) {
          draft = draft.excluded("rename it: 'row' is the number of a row");
        }
        drafts.add(draft);
      }
    }
    requireFeature(drafts, where);
    return drafts;
  }

  private static void requireFeature(List<ColumnDraft> drafts, String where) {
    if (drafts.stream().anyMatch(ColumnDraft::isFeature)) {
      return;
    }
    String why =
        drafts.stream()
            .limit(SHOWN)
            .map(column -> "; " + KindChoice.shortened(column.name()) + ": " + column.note())
            .collect(Collectors.joining());
    throw new UserException(where + ": no column is left for the model" + why);
  }

  /**
   * The same columns, of which these are not features, unless no feature would be left.
   *
   * @param leaks columns that alone reveal the label, with the reason
   */
  static List<ColumnDraft> without(List<ColumnDraft> columns, Map<String, String> leaks) {
    List<ColumnDraft> left =
        columns.stream()
            .map(
                column ->
                    leaks.containsKey(column.name())
                        ? column.leaking(leaks.get(column.name()))
                        : column)
            .toList();
    return left.stream().anyMatch(ColumnDraft::isFeature) ? left : columns;
  }
}
