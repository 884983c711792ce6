package dev.propensity.dataset.draft;

/** Chooses the column that identifies the rows. */
final class IdentifierChoice {
  private static final double LONGEST = 64; // bytes on average: longer texts are no identifier

  private IdentifierChoice() {}

  /**
   * The first column with another value in each row whose name, text or numbering is that of an
   * identifier.
   *
   * @param label the label's place
   * @return its place; -1 where there is none
   */
  static int of(TableProfile table, int label) {
    int best = -1;
    int bestRank = 0;
    for (int i = 0; i < table.columns().size(); i++) {
      int rank = i == label ? 0 : rank(table.columns().get(i));
      if (rank > bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    return best;
  }

  /** How much the column is that of an identifier so far: from 4 to 1; 0 if it is none. */
  static int rank(ColumnProfile column) {
    if (!column.isUnique() || column.name.isBlank() || column.rows() < 2) {
      return 0;
    }
    if (!column.dates().formats().isEmpty()) {
      return 0;
    }
    if (NameWords.isIdentifier(column.name)) {
      return 4;
    }
    if (NameWords.isNumbering(column.name)) {
      return 3;
    }
    boolean numbered =
        column.textRows() == 0
            && column.range().maximum() - column.range().minimum() == column.rows() - 1;
    if (numbered) {
      return 2;
    }
    boolean code = column.numberRows() == 0 && column.meanLength() <= LONGEST;
    return code ? 1 : 0;
  }
}
