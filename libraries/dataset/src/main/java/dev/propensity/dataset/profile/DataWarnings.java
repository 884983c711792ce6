package dev.propensity.dataset.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * What a data report warns of, one sentence each.
 *
 * @param leaks columns that alone reveal the label: no model with them is released automatically
 * @param others quarantined rows, copies, and doubtful columns
 */
public record DataWarnings(List<String> leaks, List<String> others) {
  /** Nothing. */
  public static final DataWarnings NONE = new DataWarnings(List.of(), List.of());

  private static final int SHOWN = 10;

  public DataWarnings {
    leaks = List.copyOf(leaks);
    others = List.copyOf(others);
  }

  /** All of them in one line, the first ten where there are more; empty where there are none. */
  public String text() {
    List<String> all = new ArrayList<>(leaks);
    all.addAll(others);
    return joined(all);
  }

  /** Sentences in one line, the first ten where there are more. */
  public static String joined(List<String> sentences) {
    String first = String.join("; ", sentences.subList(0, Math.min(SHOWN, sentences.size())));
    int more = sentences.size() - SHOWN;
    return more > 0 ? first + "; and " + more + " more in " + DataReport.FILE : first;
  }
}
