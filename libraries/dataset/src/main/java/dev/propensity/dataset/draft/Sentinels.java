package dev.propensity.dataset.draft;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers that are read as missing values, as comments and warnings. */
final class Sentinels {
  private static final int SHOWN = 3; // columns

  private Sentinels() {}

  /** The comment at a column; empty if it has none. */
  static String note(List<Integer> sentinels) {
    return sentinels.isEmpty() ? "" : "CHECK: " + read(sentinels);
  }

  /** A warning for all columns with the same ones. */
  static List<String> warnings(List<ColumnDraft> columns) {
    Map<List<Integer>, List<String>> named = new LinkedHashMap<>();
    for (ColumnDraft column : columns) {
      if (column.isFeature() && !column.sentinels().isEmpty()) {
        named
            .computeIfAbsent(column.sentinels(), none -> new ArrayList<>())
            .add(KindChoice.shortened(column.name()));
      }
    }
    List<String> warnings = new ArrayList<>();
    named.forEach(
        (sentinels, names) -> warnings.add(shown(names) + ": " + read(sentinels) + why(sentinels)));
    return warnings;
  }

  private static String read(List<Integer> sentinels) {
    return sentinels.stream().map(String::valueOf).collect(joining(", "))
        + (sentinels.size() == 1 ? " is read as a missing value" : " are read as missing values");
  }

  private static String why(List<Integer> sentinels) {
    return sentinels.size() == 1
        ? ", being far from all other values or the only negative one; if it is a number, delete it"
            + " from missing_values"
        : ", being far from all other values or the only negative ones; if they are numbers, delete"
            + " them from missing_values";
  }

  private static String shown(List<String> names) {
    String first = names.stream().limit(SHOWN).collect(joining(", "));
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }
}
