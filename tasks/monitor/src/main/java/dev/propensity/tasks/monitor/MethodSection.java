package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.report.HtmlPage;
import java.util.Locale;

/** How each number was computed. */
final class MethodSection {
  static final String STYLE =
      """
      dl { max-width: 45rem; } dt { font-weight: 600; margin-top: .75rem; }
      dd { margin: 0; } summary { cursor: pointer; padding: .5rem 0; font-weight: 600; }
      """;

  private final StringBuilder list = new StringBuilder("<dl>\n");

  private MethodSection() {}

  static void add(HtmlPage page, MonitorRule rule, Monitoring monitoring) {
    MethodSection terms = new MethodSection();
    String window = rule.window().name().toLowerCase(Locale.ROOT);
    terms.define(
        "Window",
        "A whole %s in UTC. Rows count by the time at which the server scored them.",
        window);
    terms.define(
        "Reference",
        "The first %d windows of the model that show nothing unusual, or those that a user"
            + " accepted. Until they are complete the state is learning, and windows are compared"
            + " with the training rows.",
        monitoring.state().of());
    terms.define(
        "Effect",
        "The population stability index, Σ (q − p) ln(q / p) over the bins of the training rows,"
            + " without what chance alone gives: (B − 1)(1/n + 1/m) for B bins and n and m rows."
            + " Bins that expect fewer than 5 rows are pooled. From 0.02 on, a change counts as"
            + " large; from 0.25 on, one window is an alarm. Missing and unseen cells are not part"
            + " of it.");
    terms.define(
        "Missing and unseen",
        "The share of empty cells among all; the share of values that the training rows lack among"
            + " the cells that are not empty. A change counts as large from one percentage point"
            + " on. Before there is a reference, the usual share of unseen values is that of values"
            + " that only one training row has (Good-Turing).");
    terms.define(
        "p (Holm)",
        "How probable so large a difference in one quiet window is, by the variation between the"
            + " windows of the reference; the smallest of the column's tests, corrected for the"
            + " number of all tests by Holm's method. Up to 0.05, and with at least half the effect"
            + " of an alarm, it is a notice.");
    terms.define(
        "Mean rank",
        "Each value's rank among the training rows, from 0 to 1, averaged over the window: 0.5 in"
            + " the training rows. Categories are ordered by their positive rate, so that a rise"
            + " is a change towards values with more positive rows.");
    terms.define(
        "Distance",
        "The natural logarithm of Pearson's X² by its degrees of freedom, against the reference:"
            + " about 0 if windows differ by chance only. It is an alarm only if the effect of the average over"
            + " the windows is large, too.");
    terms.define(
        "Volume",
        "The natural logarithm of the answered rows, less its mean in the reference's windows of"
            + " the same weekday, or hour of the day for windows of an hour. Changes by less than a"
            + " factor of 1.25 are no alarm.");
    terms.define(
        "Average and limits",
        "The exponentially weighted moving average with weight 0.2, from the center of the"
            + " reference on. The limits are quantiles of Student's t distribution times the"
            + " standard deviation between windows, corrected for autocorrelation. All%s charts"
            + " together alarm on one in %s quiet windows.",
        monitoring.charts().isEmpty() ? "" : " " + monitoring.charts().size(),
        windows(rule));
    terms.define(
        "Verdict",
        "alarm: an average is beyond its limits and the effect is large, or a column broke in this"
            + " window. notice: a p-value says that this window differs. quiet: neither. learning:"
            + " the reference is incomplete. too few rows: fewer than %,d. no rows: nothing was"
            + " captured. Only alarms of the score and of broken columns start retraining.",
        rule.minimumRows());
    page.heading("How each number was computed").raw(terms.list + "</dl>");
  }

  private static String windows(MonitorRule rule) {
    return switch (rule.window()) {
      case HOUR -> PageText.format("%,d", 24 * rule.falseAlarmDays());
      case DAY -> PageText.format("%,d", rule.falseAlarmDays());
      case WEEK -> PageText.shortest(Math.max(2, rule.falseAlarmDays() / 7.0), 3);
    };
  }

  private void define(String term, String text, Object... values) {
    list.append("<dt>").append(HtmlPage.escape(term)).append("</dt><dd>");
    list.append(HtmlPage.escape(PageText.format(text, values))).append("</dd>\n");
  }
}
