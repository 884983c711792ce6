package dev.propensity.tasks.history;

import dev.propensity.tracking.LedgerEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ledger entries as lines of text, in columns. */
final class HistoryTable {
  private static final List<String> TITLES =
      List.of("number", "when", "action", "version", "from", "to", "who", "why", "evaluation");

  private HistoryTable() {}

  /** A line of titles, then one line an entry. */
  static List<String> lines(List<LedgerEntry> entries) {
    List<List<String>> rows = new ArrayList<>(List.of(TITLES));
    entries.forEach(entry -> rows.add(row(entry)));
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(LedgerEntry entry) {
    return List.of(
        String.valueOf(entry.number()),
        Instant.parse(entry.when()).truncatedTo(ChronoUnit.SECONDS).toString(),
        entry.action().toString(),
        String.valueOf(entry.subject().version()),
        shown(entry.before()),
        shown(entry.after()),
        oneLine(entry.who()),
        oneLine(entry.why()),
        entry.subject().evaluation().toString());
  }

  private static String shown(Optional<Integer> version) {
    return version.map(String::valueOf).orElse("-");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
