package dev.propensity.tasks.monitor;

import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Reason;
import dev.propensity.report.HtmlPage;

/** The verdict, its reasons and what to do. */
final class VerdictBox {
  static final String STYLE =
      """
      :root { --good: #1a7f37; --notable: #9a6700; }
      @media (prefers-color-scheme: dark) { :root { --good: #3fb950; --notable: #d29922; } }
      .verdict { border: 1px solid var(--line); border-left: .4rem solid var(--quiet);
        border-radius: .4rem; background: var(--card); padding: .75rem 1.25rem;
        overflow-wrap: anywhere; }
      .verdict.quiet-window { border-left-color: var(--good); }
      .verdict.notice { border-left-color: var(--notable); }
      .verdict.alarm { border-left-color: var(--alert); color: var(--text); }
      .verdict .headline { font-size: 1.2rem; color: var(--text); }
      .verdict p { margin: .5rem 0; } .verdict ul { margin: .5rem 0; padding-left: 1.25rem; }
      """;

  private VerdictBox() {}

  static String html(Monitoring monitoring) {
    StringBuilder html = new StringBuilder("<div class=\"verdict ").append(style(monitoring));
    html.append("\">\n<p><strong class=\"headline\">Verdict: ");
    html.append(HtmlPage.escape(monitoring.summary())).append("</strong></p>\n");
    if (!monitoring.reasons().isEmpty()) {
      html.append("<ul>\n");
      for (Reason reason : monitoring.reasons()) {
        html.append("<li>");
        html.append(reason.level() == Reason.Level.ALARM ? "Alarm: " : "Notice: ");
        html.append(HtmlPage.escape(reason.text())).append("</li>\n");
      }
      html.append("</ul>\n");
    }
    html.append("<p><strong>Next step:</strong> ");
    html.append(HtmlPage.escape(monitoring.nextStep())).append("</p>\n");
    if (monitoring.retraining()) {
      html.append("<p>This alarm is one that starts retraining.</p>\n");
    }
    return html.append("</div>").toString();
  }

  private static String style(Monitoring monitoring) {
    return switch (monitoring.verdict()) {
      case ALARM -> "alarm";
      case NOTICE, NO_ROWS, TOO_FEW_ROWS -> "notice";
      case QUIET -> "quiet-window";
      case LEARNING -> "learning";
    };
  }
}
