package dev.propensity.tasks.init;

import dev.propensity.dataset.draft.ColumnDraft;
import dev.propensity.dataset.draft.LabelCandidate;
import dev.propensity.dataset.draft.SpecDraft;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A draft as an HTML page. */
final class DraftPage {
  private static final int CANDIDATES = 10;

  private final SpecDraft draft;
  private final @Nullable Comparison comparison;
  private final String yaml;

  /**
   * @param comparison null where the learners were not compared
   * @param yaml the draft's text
   */
  DraftPage(SpecDraft draft, @Nullable Comparison comparison, String yaml) {
    this.draft = draft;
    this.comparison = comparison;
    this.yaml = yaml;
  }

  String html() {
    HtmlPage page = new HtmlPage("Draft: " + draft.name());
    LabelCandidate label = draft.label();
    page.paragraph(
        String.format(
            Locale.ROOT,
            "%s: %,d rows, %s. The label is %s: '%s' in %,d rows (%.1f%%), '%s' in %,d. %s",
            draft.table().where(),
            draft.table().rows(),
            draft.table().dialect(),
            label.name(),
            label.positive(),
            label.positives(),
            100 * label.rate(),
            label.negative(),
            label.negatives(),
            draft.identifier().equals("row")
                ? "No column identifies the rows; they are numbered."
                : "Rows are identified by " + draft.identifier() + "."));
    draft.findings().leaks().forEach(leak -> page.alert("Leak", leak + "."));
    draft.findings().warnings().forEach(warning -> page.caution("Warning", warning + "."));
    columns(page);
    candidates(page);
    if (comparison != null) {
      learners(page, comparison);
    }
    page.heading("The file")
        .raw("<div class=\"wide\"><pre>" + HtmlPage.escape(yaml) + "</pre></div>");
    return page.html();
  }

  private void columns(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (ColumnDraft column : draft.columns()) {
      lines.add(
          List.of(
              Cell.text(column.name()),
              Cell.text(
                  column.kind() == null
                      ? "not a feature"
                      : column.kind().name().toLowerCase(Locale.ROOT)),
              Cell.number(column.distinct()),
              Cell.number(String.format(Locale.ROOT, "%,d", column.missing())),
              Cell.text(String.join(", ", column.examples())),
              column.isLeak() ? Cell.alert(column.note()) : Cell.text(column.note())));
    }
    page.heading("Columns")
        .table(
            "All columns but the label and the identifier",
            List.of("Column", "Kind", "Distinct", "Missing", "Examples", "Note"),
            lines);
  }

  private void candidates(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (LabelCandidate one : draft.candidates().stream().limit(CANDIDATES).toList()) {
      lines.add(
          List.of(
              Cell.text(one.name()),
              Cell.text(one.positive()),
              Cell.text(one.negative()),
              Cell.number(String.format(Locale.ROOT, "%,d", one.positives())),
              Cell.number(String.format(Locale.ROOT, "%.1f%%", 100 * one.rate()))));
    }
    page.heading("Possible labels")
        .table(
            "Columns with two values, the likeliest first; LABEL= chooses another one",
            List.of("Column", "Positive", "Negative", "Positive rows", "Rate"),
            lines);
  }

  private static void learners(HtmlPage page, Comparison comparison) {
    List<List<Cell>> lines = new ArrayList<>();
    for (CandidateResult result : comparison.candidates()) {
      lines.add(
          List.of(
              Cell.text(result.name()),
              Cell.number(
                  String.format(
                      Locale.ROOT, "%.4f ± %.4f", result.auc().mean(), result.auc().deviation())),
              Cell.number(String.format(Locale.ROOT, "%.4f", result.logLoss())),
              Cell.text(LearnerComparison.parameters(result))));
    }
    page.heading("Learners")
        .table(
            String.format(
                Locale.ROOT,
                "Cross-validation on %d folds of %,d rows, the best first: AUC as mean ± standard"
                    + " deviation over the folds",
                comparison.folds(),
                comparison.rows()),
            List.of("Learner", "AUC", "Log loss", "Parameters that are not defaults"),
            lines);
  }
}
