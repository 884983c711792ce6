package dev.propensity.dataset.draft;

import dev.propensity.dataset.specification.DatasetSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * A drafted specification, and why it is so.
 *
 * @param name the dataset's
 * @param identifier the column, or {@code row}
 * @param candidates columns that may be the label, the likeliest first
 * @param columns all but the identifier and the label, in the table's order
 */
public record SpecDraft(
    String name,
    Table table,
    String identifier,
    LabelCandidate label,
    List<LabelCandidate> candidates,
    List<ColumnDraft> columns,
    Findings findings) {

  /**
   * The table.
   *
   * @param where its name, for people
   * @param source its address
   * @param dialect how it is written
   * @param decimal the decimal sign where it must be set, else empty
   */
  public record Table(String where, String source, long rows, String dialect, String decimal) {}

  /**
   * What was found in the rows.
   *
   * @param leaks columns that alone reveal the label, with the reason
   * @param warnings about the table, one line each
   * @param splitNotes comments on the split, one line each
   * @param seed of the split
   */
  public record Findings(
      List<String> leaks, List<String> warnings, List<String> splitNotes, long seed) {
    /** Before the rows are looked at. */
    static final Findings NONE = new Findings(List.of(), List.of(), List.of(), 1);
  }

  private static final double TEST = 0.2;
  private static final int MOST_POSITIVES = 200;
  private static final int FEWEST_POSITIVES = 20;

  /** The same with these columns and findings. */
  SpecDraft with(List<ColumnDraft> others, Findings found) {
    return new SpecDraft(name, table, identifier, label, candidates, others, found);
  }

  /** The columns that are features. */
  public List<ColumnDraft> features() {
    return columns.stream().filter(ColumnDraft::isFeature).toList();
  }

  /** The columns that are none. */
  public List<ColumnDraft> excluded() {
    return columns.stream().filter(column -> !column.isFeature()).toList();
  }

  /** The specification's text. */
  public String yaml(LearnerDraft learner) {
    return new DraftYaml(this, learner).text();
  }

  /** The specification. */
  public DatasetSpec spec() {
    return DatasetSpec.parse(yaml(LearnerDraft.DEFAULT), "the draft of " + name);
  }

  /**
   * The positive test rows that a release requires: half of those that are expected, but at least
   * twenty. With three, 8% of random models have an AUC of at least 0.75.
   */
  int minimumPositives() {
    return (int) Math.max(FEWEST_POSITIVES, Math.min(MOST_POSITIVES, expectedPositives() / 2));
  }

  /** The positive test rows that are expected. */
  double expectedPositives() {
    return TEST * label.positives();
  }

  /**
   * The AUC that a release requires: 0.6, or more where the test rows are so few that a model
   * without any skill may have it (Hanley and McNeil, 1982: two standard errors at 0.5).
   */
  double minimumAuc() {
    double positives = Math.max(1, TEST * label.positives());
    double negatives = Math.max(1, TEST * label.negatives());
    double error = Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
    return Math.min(0.75, Math.max(0.6, Math.round(100 * (0.5 + 2 * error)) / 100.0));
  }

  /** The share of rows without a label that are quarantined; 0 where all have one. */
  double quarantine() {
    double share = (double) label.missing() / table.rows();
    return share == 0 ? 0 : Math.min(0.99, Math.ceil(100 * (1.2 * share + 0.005)) / 100);
  }

  /** Words that mean a missing value in more than one column, and are no category in any. */
  List<String> commonMissingValues() {
    List<String> all = columns.stream().flatMap(column -> column.missingValues().stream()).toList();
    return all.stream()
        .distinct()
        .filter(word -> all.stream().filter(word::equals).count() > 1)
        .filter(this::isMissingInAll)
        .toList();
  }

  /** Words that are no value of any column. */
  private boolean isMissingInAll(String word) {
    return CellWords.isMissing(word, false)
        && Stream.concat(
                columns.stream().flatMap(c -> c.values().stream()),
                Stream.of(label.positive(), label.negative()))
            .noneMatch(word::equals);
  }
}
