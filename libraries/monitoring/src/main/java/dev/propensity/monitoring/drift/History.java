package dev.propensity.monitoring.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * The earlier windows that a window is compared with, by their places in a list.
 *
 * @param reference the windows that show how quiet ones vary
 * @param since those after the reference that the averages are of; until it is complete, the last
 *     window that was compared
 */
public record History(List<Integer> reference, List<Integer> since) {
  /** So many windows make a reference. */
  public static final int COMPLETE = 28;

  // Older windows have a weight of 0.8^60, less than two millionths.
  private static final int LONGEST = 60;

  /**
   * A window that was decided on.
   *
   * @param verdict of the window
   * @param accepted whether a person accepted it as part of the reference, regardless of the
   *     verdict
   * @param referable whether it may be part of the reference: {@link Monitoring.State#referable}
   */
  public record Past(Verdict verdict, boolean accepted, boolean referable) {}

  /**
   * The reference is the first {@value #COMPLETE} windows that a person accepted or that show
   * nothing unusual: a bad window is never part of it.
   *
   * @param past the windows of the model since its release, or from the first accepted one on, in
   *     their order
   */
  public static History of(List<Past> past) {
    List<Integer> reference = new ArrayList<>();
    List<Integer> since = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      Past window = past.get(i);
      if (!window.verdict().isCompared()) {
        continue;
      }
      if (reference.size() == COMPLETE) {
        since.add(i);
      } else if (window.accepted() || window.referable()) {
        reference.add(i);
        since.clear();
        if (reference.size() < COMPLETE) {
          since.add(i);
        }
      } else {
        since.clear();
        since.add(i);
      }
    }
    int from = Math.max(0, since.size() - LONGEST);
    return new History(List.copyOf(reference), List.copyOf(since.subList(from, since.size())));
  }
}
