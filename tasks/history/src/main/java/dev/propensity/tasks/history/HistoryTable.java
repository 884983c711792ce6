package dev.propensity.tasks.history;

import dev.propensity.tracking.LedgerEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ledger entries as lines of text, in columns. */
final class HistoryTable {
  /** The width where the terminal's is unknown, in characters. */
  static final int WIDTH = 100;

  private static final int MINIMUM_WIDTH = 40;
  private static final int MAXIMUM_WIDTH = 400;

  private static final List<String> TITLES =
      List.of("number", "when (UTC)", "action", "version", "from", "to", "who");
  private static final List<String> WIDE_TITLES =
      List.of("number", "when", "action", "version", "from", "to", "who", "why", "evaluation");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private HistoryTable() {}

  /**
   * The terminal's width.
   *
   * @param columns the environment's {@code COLUMNS}: ignored unless it is a number from 40 to 400
   */
  static int width(Optional<String> columns) {
    String text = columns.orElse("");
    int width = text.matches("\\d{2,3}") ? Integer.parseInt(text) : WIDTH;
    return width >= MINIMUM_WIDTH && width <= MAXIMUM_WIDTH ? width : WIDTH;
  }

  /**
   * For terminals: a header, then one line per entry with its reason wrapped below it.
   *
   * @param width of the terminal, in characters
   */
  static List<String> lines(List<LedgerEntry> entries, int width) {
    List<List<String>> rows = new ArrayList<>(List.of(TITLES));
    entries.forEach(entry -> rows.add(row(entry, MINUTE.format(when(entry)))));
    int[] widths = widths(rows);
    String indent = " ".repeat(widths[0] + 2);
    List<String> lines = new ArrayList<>(List.of(cut(line(rows.get(0), widths), width)));
    for (int i = 0; i < entries.size(); i++) {
      lines.add(cut(line(rows.get(i + 1), widths), width));
      wrapped(oneLine(entries.get(i).why()), width - indent.length())
          .forEach(part -> lines.add(indent + part));
    }
    return lines;
  }

  /** For scripts: a header, then one line per entry, not wrapped. */
  static List<String> wide(List<LedgerEntry> entries) {
    List<List<String>> rows = new ArrayList<>(List.of(WIDE_TITLES));
    for (LedgerEntry entry : entries) {
      List<String> row = row(entry, when(entry).truncatedTo(ChronoUnit.SECONDS).toString());
      row.add(oneLine(entry.why()));
      row.add(entry.subject().evaluation().toString());
      rows.add(row);
    }
    int[] widths = widths(rows);
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static Instant when(LedgerEntry entry) {
    return Instant.parse(entry.when());
  }

  private static List<String> row(LedgerEntry entry, String when) {
    return new ArrayList<>(
        List.of(
            String.valueOf(entry.number()),
            when,
            entry.action().toString(),
            String.valueOf(entry.subject().version()),
            shown(entry.before()),
            shown(entry.after()),
            oneLine(entry.who())));
  }

  private static String shown(Optional<Integer> version) {
    return version.map(String::valueOf).orElse("-");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String line, int width) {
    return line.length() <= width ? line : line.substring(0, width - 1) + "…";
  }

  /** The text wrapped at spaces to this many characters a line; a longer word is cut. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
