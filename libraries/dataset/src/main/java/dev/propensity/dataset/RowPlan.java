package dev.propensity.dataset;

import dev.propensity.foundation.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each cell of a table's rows is, by the header: a feature, the identifier or nothing. */
final class RowPlan {
  /** A cell that is not read. */
  static final int IGNORED = -1;

  /** The identifier's cell. */
  static final int IDENTIFIER = -2;

  private final Encoder encoder;
  private final boolean numbered;

  /**
   * @param numbered whether the row's number is its identifier, so that no column is
   */
  RowPlan(Encoder encoder, boolean numbered) {
    this.encoder = encoder;
    this.numbered = numbered;
  }

  /** The columns that a header may be known by. */
  Set<String> columns() {
    Set<String> columns = new HashSet<>(Set.of(encoder.identifier()));
    encoder.features().forEach(feature -> columns.add(feature.column().name()));
    return columns;
  }

  /**
   * The role of each cell: its feature's place, {@link #IGNORED} or {@link #IDENTIFIER}.
   *
   * @param line where the header stands
   * @param errors takes the columns that are missing or doubled
   */
  int[] roles(List<String> header, long line, CellErrors errors) {
    int[] roles = new int[header.size()];
    Set<String> missing = columns();
    if (numbered) {
      missing.remove(encoder.identifier());
    }
    for (int i = 0; i < roles.length; i++) {
      String name = header.get(i);
      boolean first = missing.remove(name);
      int feature = encoder.find(name);
      boolean isIdentifier = feature < 0 && name.equals(encoder.identifier()) && !numbered;
      roles[i] = isIdentifier ? IDENTIFIER : feature < 0 ? IGNORED : feature;
      if (roles[i] != IGNORED && !first) {
        errors.add(line, name, "", "the column is doubled; rename or remove one");
      }
    }
    for (String column : ordered(missing)) {
      String near =
          Spelling.closest(column, header).map(name -> "; there is '" + name + "'").orElse("");
      errors.add(line, column, "", "the column is missing" + near);
    }
    return roles;
  }

  private List<String> ordered(Set<String> columns) {
    List<String> ordered = new ArrayList<>();
    if (columns.contains(encoder.identifier())) {
      ordered.add(encoder.identifier());
    }
    encoder.features().stream()
        .map(feature -> feature.column().name())
        .filter(columns::contains)
        .forEach(ordered::add);
    return ordered;
  }
}
