package dev.propensity.tasks.init;

import dev.propensity.dataset.draft.ColumnDraft;
import dev.propensity.dataset.draft.LabelCandidate;
import dev.propensity.dataset.draft.SpecDraft;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A draft on the terminal. */
final class DraftSummary {
  private static final int SHOWN = 8;

  private DraftSummary() {}

  static List<String> lines(SpecDraft draft, @Nullable Comparison comparison) {
    LabelCandidate label = draft.label();
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "table",
            String.format(
                Locale.ROOT, "%,d rows, %s", draft.table().rows(), draft.table().dialect())));
    lines.add(
        line(
            "label",
            String.format(
                Locale.ROOT,
                "%s: %s in %,d rows (%.1f%%), %s in %,d",
                label.name(),
                label.positive(),
                label.positives(),
                100 * label.rate(),
                label.negative(),
                label.negatives())));
    lines.add(
        line(
            "identifier",
            draft.identifier().equals("row")
                ? "none: rows are identified by their number"
                : draft.identifier()));
    lines.add(line("features", features(draft)));
    add(
        lines,
        "not features",
        draft.excluded().stream()
            .filter(column -> !column.note().startsWith("CHECK"))
            .map(DraftSummary::excluded)
            .toList());
    add(lines, "LEAKS", draft.findings().leaks());
    add(lines, "WARNINGS", draft.findings().warnings());
    if (comparison != null) {
      add(lines, "learners", comparison.candidates().stream().map(DraftSummary::learner).toList());
    }
    return lines;
  }

  private static void add(List<String> lines, String title, List<String> texts) {
    for (int i = 0; i < Math.min(SHOWN, texts.size()); i++) {
      lines.add(line(i == 0 ? title : "", texts.get(i)));
    }
    if (texts.size() > SHOWN) {
      lines.add(line("", "and " + (texts.size() - SHOWN) + " more"));
    }
  }

  /** A line with its title. */
  static String line(String title, String text) {
    return String.format(Locale.ROOT, "%-13s %s", title, text.replaceAll("[\\s\\p{Cntrl}]+", " "));
  }

  private static String features(SpecDraft draft) {
    Map<String, Integer> kinds = new TreeMap<>();
    for (ColumnDraft column : draft.features()) {
      kinds.merge(
          Objects.requireNonNull(column.kind()).name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    List<String> texts = new ArrayList<>();
    kinds.forEach((kind, count) -> texts.add(kind + ": " + count));
    return draft.features().size() + " (" + String.join(", ", texts) + ")";
  }

  private static String excluded(ColumnDraft column) {
    return (column.name().isEmpty() ? "(no name)" : column.name()) + ": " + column.note();
  }

  private static String learner(CandidateResult result) {
    return String.format(
            Locale.ROOT,
            "%s: AUC %.4f ± %.4f, log loss %.4f %s",
            result.name(),
            result.auc().mean(),
            result.auc().deviation(),
            result.logLoss(),
            LearnerComparison.parameters(result))
        .strip();
  }
}
