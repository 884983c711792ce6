package dev.propensity.dataset.rows;

import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import dev.propensity.table.CsvReader;
import dev.propensity.table.SourceFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each cell of a record is, by the table's header. */
final class HeaderRoles {
  /** A column that is not read. */
  static final int IGNORED = -1;

  /** The identifier's column. */
  static final int IDENTIFIER = -2;

  /** The label's column. */
  static final int LABEL = -3;

  /** The column that decides the rows' split, where it is no feature. */
  static final int SPLIT = -4;

  /** The role of no column. */
  static final int NONE = -5;

  private HeaderRoles() {}

  /**
   * The role of each cell: a column's place in {@link RowSchema#columns}, {@link #IDENTIFIER},
   * {@link #LABEL}, {@link #SPLIT} or {@link #IGNORED}.
   *
   * @throws UserException that names the columns that are missing or duplicate
   */
  static int[] of(RowSchema schema, CsvReader table, SourceFormat format) {
    List<String> header = table.header();
    HeaderErrors errors = new HeaderErrors(schema, table, format);
    Map<String, Integer> places = places(schema);
    int[] roles = new int[header.size()];
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < roles.length; i++) {
      roles[i] = places.getOrDefault(header.get(i), IGNORED);
      if (roles[i] != IGNORED && found.put(header.get(i), i) != null) {
        errors.addDuplicate(header.get(i));
      }
    }
    if (found.isEmpty()) {
      errors.requireHeader();
    }
    missing(schema, found).forEach(errors::addMissing);
    errors.requireNone();
    return roles;
  }

  /** The role of the column that decides the rows' split; {@link #NONE} where there is none. */
  static int ofSplit(RowSchema schema) {
    String split = schema.splitColumn();
    return split == null ? NONE : places(schema).getOrDefault(ColumnName.of(split), NONE);
  }

  /** The roles by the columns' names, as names are compared. */
  private static Map<String, Integer> places(RowSchema schema) {
    Map<String, Integer> places = new HashMap<>();
    for (ColumnRules column : schema.columns()) {
      places.put(ColumnName.of(column.name()), places.size());
    }
    if (schema.isIdentified()) {
      places.putIfAbsent(ColumnName.of(schema.identifier()), IDENTIFIER);
    }
    if (schema.policy() == RowPolicy.TRAINING) {
      places.putIfAbsent(ColumnName.of(schema.label().column()), LABEL);
    }
    String split = schema.splitColumn();
    if (split != null) {
      places.putIfAbsent(ColumnName.of(split), SPLIT);
    }
    return places;
  }

  private static List<String> missing(RowSchema schema, Map<String, Integer> found) {
    List<String> required = new ArrayList<>();
    if (schema.policy() == RowPolicy.TRAINING) {
      if (schema.isIdentified()) {
        required.add(schema.identifier());
      }
      required.add(schema.label().column());
    }
    schema.columns().forEach(column -> required.add(column.name()));
    String split = schema.splitColumn();
    if (split != null && required.stream().noneMatch(name -> ColumnName.same(name, split))) {
      required.add(split);
    }
    return required.stream().filter(name -> !found.containsKey(ColumnName.of(name))).toList();
  }
}
