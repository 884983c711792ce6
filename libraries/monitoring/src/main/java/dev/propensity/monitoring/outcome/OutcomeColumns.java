package dev.propensity.monitoring.outcome;

import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import dev.propensity.table.CsvReader;
import dev.propensity.table.SourceFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The columns of a table of outcomes. */
final class OutcomeColumns {
  /** What a column is. */
  enum Role {
    IDENTIFIER,
    LABEL,
    TIME,
    CONTACTED,
    IGNORED
  }

  private final Map<Role, String> columns = new EnumMap<>(Role.class);

  OutcomeColumns(OutcomeForm form) {
    columns.put(Role.IDENTIFIER, ColumnName.of(form.identifier()));
    columns.put(Role.LABEL, ColumnName.of(form.label().column()));
    columns.put(Role.TIME, OutcomeRule.TIME);
    form.rule().column().ifPresent(column -> columns.put(Role.CONTACTED, ColumnName.of(column)));
  }

  /** The names, by which a separator is detected. */
  Set<String> names() {
    return new TreeSet<>(columns.values());
  }

  /**
   * The role of each cell, by its place in {@link Role}.
   *
   * @throws UserException if a column is missing or there twice
   */
  int[] roles(CsvReader table, SourceFormat format) {
    List<String> header = table.header();
    String where = table.where() + format.header(table.headerLine()) + ": ";
    int[] roles = new int[header.size()];
    List<String> missing = new ArrayList<>();
    java.util.Arrays.fill(roles, Role.IGNORED.ordinal());
    columns.forEach(
        (role, name) -> {
          int place = header.indexOf(name);
          if (place >= 0) {
            roles[place] = role.ordinal();
          } else if (role != Role.TIME) {
            missing.add(name);
          }
          if (place != header.lastIndexOf(name)) {
            throw new UserException(where + "the column '" + name + "' is there twice");
          }
        });
    if (!missing.isEmpty()) {
      throw new UserException(
          where
              + (missing.size() == 1 ? "the column '" : "the columns '")
              + String.join("', '", missing)
              + (missing.size() == 1 ? "' is missing" : "' are missing")
              + "; outcomes have the columns "
              + String.join(", ", columns.values())
              + " (time may be left out)");
    }
    return roles;
  }

  static void requireRows(String where, long rows) {
    if (rows == 0) {
      throw new UserException(where + " has a header and no rows");
    }
  }
}
