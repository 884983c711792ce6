package dev.propensity.dataset.draft;

import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.profile.Copies;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.table.ColumnName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Drafts the specification of a table. The table is read once; again if a label has few rows, to
 * check for leaks with enough of them and to find a seed whose splits have some of each. Memory
 * does not grow with the rows, except for the hashes of columns that may be identifiers.
 */
public final class SpecDrafting {
  /** The fewest rows of a label with which leaks are checked. */
  static final int LEAK_CHECK = 40;

  private static final int ENOUGH = 1_000; // rows of a label, for any seed and for folds

  private final TableInput table;
  private final String where;
  private final TableProfile profile;

  private SpecDrafting(TableInput table, String where, TableProfile profile) {
    this.table = table;
    this.where = where;
    this.profile = profile;
  }

  /**
   * Reads the table.
   *
   * @param where the table's name, for errors
   * @throws UserException where it is not a CSV in UTF-8 with a header and rows
   */
  public static SpecDrafting read(TableInput table, String where) throws IOException {
    try (InputStream csv = table.open()) {
      return new SpecDrafting(table, where, TableProfile.read(csv, where));
    }
  }

  /**
   * The draft.
   *
   * @param name the dataset's
   * @param source the table's address for the specification
   * @param labelColumn the label's column; null where it is to be found
   * @throws UserException where the label is not clear, no column can be a feature, or a label has
   *     too few rows
   */
  public SpecDraft draft(String name, String source, @Nullable String labelColumn)
      throws IOException {
    profile.requireHeader(labelColumn == null ? null : ColumnName.of(labelColumn));
    LabelChoice labels = new LabelChoice(profile, where);
    LabelCandidate label = labels.choose(labelColumn);
    int identifier = IdentifierChoice.of(profile, label.column());
    if (identifier < 0 && label.name().equals(RowSchema.ROW_NUMBER)) {
      throw new UserException(where + ": rename the label 'row', which is the number of a row");
    }
    List<ColumnDraft> columns = FeatureDrafts.of(profile, where, label.column(), identifier);
    SpecDraft draft =
        new SpecDraft(
            name,
            new SpecDraft.Table(where, source, profile.rows(), profile.dialect().text(), decimal()),
            identifier < 0 ? RowSchema.ROW_NUMBER : profile.columns().get(identifier).name,
            label,
            labels.candidates(),
            columns,
            SpecDraft.Findings.NONE);
    DatasetSpec spec = draft.spec();
    if (!profile.ragged().isEmpty()) {
      requireValidRows(spec);
    }
    long fewest = Math.min(label.positives(), label.negatives());
    Map<String, String> leaks = leaks(spec, label);
    Copies copies = profile.copies(label);
    List<ColumnDraft> kept = FeatureDrafts.without(columns, leaks);
    return draft.with(
        kept,
        new SpecDraft.Findings(
            leaks.entrySet().stream().map(leak -> leak.getKey() + ": " + leak.getValue()).toList(),
            DraftWarnings.of(label, copies, kept),
            SplitNotes.of(profile, columns, copies),
            fewest < ENOUGH ? seed(spec, label) : 1));
  }

  /** The decimal sign where it would not be detected. */
  private String decimal() {
    boolean detected = profile.dialect().separator() == ';' && !profile.hasBothSigns();
    if (detected) {
      return "";
    }
    if (profile.hasDecimalCommas()) {
      return ",";
    }
    return profile.hasBothSigns() && profile.dialect().separator() == ';' ? "." : "";
  }

  /** Rejects the table with the errors that training would have. */
  private void requireValidRows(DatasetSpec spec) throws IOException {
    try (InputStream csv = table.open()) {
      RowReader rows = RowReader.open(csv, where, RowSchema.fitting(spec));
      while (rows.next() != null) {
        // all errors are counted
      }
      rows.requireValidRows(spec.invalidRows().quarantineUpTo(), "fix them");
    }
  }

  /** Columns that alone reveal the label, with the reason. */
  private Map<String, String> leaks(DatasetSpec spec, LabelCandidate label) throws IOException {
    Map<String, String> leaks = new TreeMap<>();
    long fewest = Math.min(label.positives(), label.negatives());
    if (fewest < LEAK_CHECK) {
      return leaks;
    }
    boolean enough = fewest * profile.sample().size() >= LEAK_CHECK * profile.rows();
    try (WorkFolder folder = new WorkFolder()) {
      InputStream sample = enough ? profile.sample().table() : rareLabelSample(label);
      DataReport report = encode(sample, spec, folder.path());
      report.columns().stream()
          .filter(column -> column.leak() != null)
          .forEach(column -> leaks.put(column.name(), reason(column.leak())));
    }
    return leaks;
  }

  private InputStream rareLabelSample(LabelCandidate label) throws IOException {
    Map<Long, Byte> labels = label.labels(profile.columns().get(label.column()));
    try (InputStream csv = table.open()) {
      return RareLabelSample.read(csv, where, label, labels);
    }
  }

  /** The reason without its advice. */
  private static String reason(@Nullable String leak) {
    return String.valueOf(leak).replaceFirst(";.*", "")
        + "; if it is known before the offer, add it with leak_check: off";
  }

  /**
   * Encodes a random sample of the table, or all of it where it is small: as the train split.
   *
   * @param spec a draft of this table
   * @param folder an empty one, for the files of {@code preprocess}
   */
  public DataReport encodeSample(DatasetSpec spec, Path folder) {
    return encode(profile.sample().table(), spec, folder);
  }

  private DataReport encode(InputStream sample, DatasetSpec spec, Path folder) {
    return Preprocessing.run(sample, where, spec, new AllTrain(), folder);
  }

  /** Every row is a train row. */
  private record AllTrain() implements SplitAssignment {
    @Override
    public Set<Split> written() {
      return EnumSet.of(Split.TRAIN);
    }

    @Override
    public Split split(byte[] utf8, int from, int length, byte label) {
      return Split.TRAIN;
    }
  }

  private long seed(DatasetSpec spec, LabelCandidate label) throws IOException {
    try (InputStream csv = table.open()) {
      return SplitSeed.find(csv, where, spec, label);
    }
  }
}
