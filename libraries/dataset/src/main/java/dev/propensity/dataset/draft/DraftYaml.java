package dev.propensity.dataset.draft;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.table.DatePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes a draft as YAML, with what a person should check as comments. */
final class DraftYaml {
  private static final int WIDTH = 118;
  private static final int MAX_GAIN = 100;

  private final SpecDraft draft;
  private final LearnerDraft learner;
  private final StringBuilder yaml = new StringBuilder();

  DraftYaml(SpecDraft draft, LearnerDraft learner) {
    this.draft = draft;
    this.learner = learner;
  }

  String text() {
    line("# yaml-language-server: $schema=schema.json");
    comment(
        "",
        String.format(
            Locale.ROOT,
            "A draft by make init from %,d rows: check every line, above all those marked CHECK.",
            draft.table().rows()));
    line("name: " + draft.name());
    LabelCandidate label = draft.label();
    String question = "Which rows have " + label.name() + " " + label.positive() + "?";
    line("title: " + YamlText.scalar(question), "CHECK: the question that the model answers");
    line("source: " + YamlText.scalar(draft.table().source()));
    line("schedule: never", "@daily needs a source that gets new rows, such as a download");
    line("");
    identifierAndLabel();
    features();
    split();
    learner();
    release();
    return yaml.toString();
  }

  private void identifierAndLabel() {
    LabelCandidate label = draft.label();
    if (draft.identifier().equals("row")) {
      line("identifier: row", "no column identifies the rows: they are numbered");
    } else {
      line("identifier: " + YamlText.scalar(draft.identifier()));
    }
    line("label:");
    line(
        "  column: " + YamlText.scalar(label.name()),
        String.format(Locale.ROOT, "%.1f%% of the rows are positive", 100 * label.rate()));
    line("  positive: " + YamlText.scalar(label.positive()));
    line("  negative: " + YamlText.scalar(label.negative()));
    if (!draft.table().decimal().isEmpty()) {
      line("decimal: " + YamlText.scalar(draft.table().decimal()));
    }
    if (!draft.commonMissingValues().isEmpty()) {
      line("missing_values: " + YamlText.list(draft.commonMissingValues()));
    }
    line("");
  }

  private void features() {
    draft.findings().leaks().stream()
        .filter(this::isKept)
        .forEach(leak -> comment("", "CHECK: " + leak));
    line("features:");
    for (NameRuns.Run run : NameRuns.of(draft.features())) {
      feature(run);
    }
    if (!draft.excluded().isEmpty()) {
      line("");
      line("# Columns that are not features:");
      draft
          .excluded()
          .forEach(
              column -> comment("  ", KindChoice.shortened(column.name()) + ": " + column.note()));
    }
    line("");
  }

  /** Whether this is of a column that is a feature, since all others are leaks, too. */
  private boolean isKept(String leak) {
    return draft.excluded().stream().noneMatch(column -> leak.startsWith(column.name() + ": "));
  }

  private void feature(NameRuns.Run run) {
    ColumnDraft column = run.first();
    ColumnKind kind = Objects.requireNonNull(column.kind());
    line("  - name: " + YamlText.scalar(run.name()));
    line("    kind: " + kind.name().toLowerCase(Locale.ROOT), column.note());
    if (kind == ColumnKind.DATE && !column.values().contains(DatePattern.ISO)) {
      line("    formats: " + YamlText.list(column.values()));
    } else if (kind != ColumnKind.DATE && !column.values().isEmpty()) {
      line("    values: " + YamlText.list(column.values()));
    }
    if (column.minimum() != null) {
      line("    minimum: " + Math.round(column.minimum()), "by the name, and no number is below 0");
    }
    if (run.missing()) {
      String rows =
          String.format(
              Locale.ROOT, column.missing() == 1 ? "in %,d row" : "in %,d rows", column.missing());
      line("    missing: true", run.columns() == 1 ? rows : "");
      List<String> own = new ArrayList<>(column.missingValues());
      own.removeAll(draft.commonMissingValues());
      if (!own.isEmpty()) {
        line("    missing_values: " + YamlText.list(own));
      }
    }
  }

  private void split() {
    draft.findings().splitNotes().forEach(note -> comment("", note));
    line("split:");
    line("  seed: " + draft.findings().seed());
    line("  validation: 0.15");
    line("  test: 0.2");
    line("");
  }

  private void learner() {
    learner.notes().forEach(note -> comment("", note));
    line("learner: " + learner.name());
    if (!learner.parameters().isEmpty()) {
      line("parameters:");
      line("  " + learner.name() + ": " + learner.parameters());
    }
    line("");
  }

  private void release() {
    line("release:");
    line(String.format(Locale.ROOT, "  minimum_auc: %.2f", draft.minimumAuc()));
    boolean tooFew = draft.expectedPositives() < draft.minimumPositives();
    line(
        "  minimum_positives: " + draft.minimumPositives(),
        tooFew
            ? String.format(
                Locale.ROOT,
                "CHECK: about %.0f of the test rows are positive, too few to release a model by them",
                draft.expectedPositives())
            : "of the test rows");
    line("");
    comment(
        "",
        "CHECK: placeholders. A customer who takes the offer gains 100, and each contact costs the same");
    comment("", "share of it as there are positive rows. The threshold is cost / gain.");
    line("offer:");
    line("  gain: " + MAX_GAIN);
    line("  cost: " + Math.max(1, Math.min(90, Math.round(MAX_GAIN * draft.label().rate()))));
    if (draft.quarantine() > 0) {
      line("");
      comment(
          "",
          String.format(Locale.ROOT, "CHECK: %,d rows have no label.", draft.label().missing()));
      line("invalid_rows:");
      line("  quarantine_up_to: " + draft.quarantine());
    }
  }

  private void line(String text) {
    yaml.append(text).append('\n');
  }

  /** A line with a comment, above it where both are too long for one line. */
  private void line(String text, String comment) {
    String clean = YamlText.comment(comment);
    if (clean.isEmpty()) {
      line(text);
    } else if (text.length() + clean.length() + 4 <= WIDTH) {
      line(text + "  # " + clean);
    } else {
      comment(" ".repeat(text.length() - text.stripLeading().length()), clean);
      line(text);
    }
  }

  /** Lines of comment. */
  private void comment(String indent, String text) {
    StringBuilder rest = new StringBuilder(YamlText.comment(text));
    String begin = "# " + indent;
    while (begin.length() + rest.length() > WIDTH) {
      int space = rest.lastIndexOf(" ", WIDTH - begin.length());
      int end = space > 0 ? space : WIDTH - begin.length();
      line((begin + rest.substring(0, end)).stripTrailing());
      rest.delete(0, space > 0 ? end + 1 : end);
      begin = "# " + indent + "  ";
    }
    line((begin + rest).stripTrailing());
  }
}
