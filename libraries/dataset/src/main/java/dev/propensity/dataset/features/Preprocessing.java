package dev.propensity.dataset.features;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.encoder.WordCodes;
import dev.propensity.dataset.profile.ColumnSummary;
import dev.propensity.dataset.profile.CopyCheck;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.profile.LabelSample;
import dev.propensity.dataset.rows.Quarantine;
import dev.propensity.dataset.rows.RawRecords;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.foundation.Progress;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvChunk;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a table into features in one pass: checks every row, assigns it to its split, fits the
 * encoder on train. Memory does not grow with the rows, except for the hashes that find duplicate
 * identifiers and copies.
 */
public final class Preprocessing implements AutoCloseable {
  /** The test rows in their source columns. */
  public static final String TEST_ROWS = "test-rows.csv";

  private static final int AHEAD = 2;

  private final String where;
  private final DatasetSpec spec;
  private final Path folder;
  private final RowReader reader;
  private final ColumnSummary[] columns;
  private final RowAssigner assigner;
  private final Map<Split, ArrowWriter> writers = new EnumMap<>(Split.class);
  private final RawRecords records;
  private final @Nullable TestRowsWriter testRows;
  private final ExecutorService decoding = Executors.newSingleThreadExecutor(Preprocessing::daemon);
  private @Nullable Quarantine quarantine;
  private final FeatureRow encoded;
  private final LabelSample sample;
  private final @Nullable CopyCheck copies; // null where the split allows for copies

  private Preprocessing(
      InputStream in, String where, DatasetSpec spec, SplitAssignment assignment, Path folder) {
    this.where = where;
    this.spec = spec;
    this.folder = folder;
    this.assigner = new RowAssigner(spec, assignment);
    this.reader = RowReader.open(in, where, RowSchema.fitting(spec)).decodingAhead(decoding, AHEAD);
    if (spec.invalidRows().quarantineUpTo() > 0) {
      reader.reportingInvalidRows(this::quarantine);
    }
    this.records = new RawRecords(reader);
    this.columns = new ColumnSummary[spec.columns().size()];
    Arrays.setAll(columns, i -> new ColumnSummary(spec.columns().get(i), reader.readers().get(i)));
    this.encoded = new FeatureRow(spec.columns());
    this.copies = CopyCheck.of(spec, reader.readers());
    this.sample = new LabelSample(encoded.names().size());
    List<String> written = new ArrayList<>(List.of(spec.identifier(), spec.label().column()));
    written.addAll(encoded.names());
    for (Split split : assignment.written()) {
      writers.put(split, new ArrowWriter(folder.resolve(split.fileName()), written));
    }
    this.testRows =
        writers.containsKey(Split.TEST)
            ? new TestRowsWriter(folder.resolve(TEST_ROWS), records, reader.header())
            : null;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "decoding");
    thread.setDaemon(true);
    return thread;
  }

  /** Assigns the rows by the specification's split; see the other constructor. */
  public static DataReport run(InputStream csv, String where, DatasetSpec spec, Path folder) {
    return run(csv, where, spec, SplitAssignment.of(spec.split()), folder);
  }

  /**
   * Writes the splits, {@code encoder.json}, {@code report.json}, the raw test rows if the test
   * split is written, with {@code test-copies.json} where they have copies, and {@code
   * quarantine.csv} where rows were quarantined.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @param assignment of each row to a split
   * @param folder an empty one
   * @return the report on the table
   * @throws UserException where the table breaks the specification; the content of the folder is
   *     then incomplete
   */
  public static DataReport run(
      InputStream csv, String where, DatasetSpec spec, SplitAssignment assignment, Path folder) {
    try (Preprocessing preprocessing = new Preprocessing(csv, where, spec, assignment, folder)) {
      return preprocessing.run();
    }
  }

  private DataReport run() {
    Progress progress = Progress.of("rows encoded");
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      add(batch);
      progress.add(batch.rows());
    }
    reader.requireValidRows(spec.invalidRows().quarantineUpTo(), spec.invalidRows().advice());
    assigner.requireBothLabels(where, () -> assigner.advice().forSplits(0));
    boolean commas = reader.dialect().decimalComma();
    Arrays.stream(columns).forEach(column -> column.unify(commas));
    putPoints();
    Encoder encoder = fit();
    encoder.write(folder.resolve(Encoder.FILE));
    CopyCheck.Result copied = copies == null ? null : copies.result();
    if (copied != null && testRows != null) {
      copied.write(folder);
    }
    SplitCounts counts = assigner.counts();
    DataReport report =
        DataReport.of(
            spec,
            List.of(columns),
            sample,
            copied,
            counts.rows(),
            counts.positives(),
            counts.unassigned(),
            reader);
    report.write(folder);
    return report;
  }

  /** The test rows get decimal points where a category's words turned out to be numbers. */
  private void putPoints() {
    Set<CellReader> numeric =
        Arrays.stream(columns)
            .filter(ColumnSummary::hasDecimalCommas)
            .map(column -> column.reader)
            .collect(Collectors.toSet());
    if (testRows != null && !numeric.isEmpty()) {
      testRows.putPoints(numeric);
    }
  }

  private void add(RowBatch batch) {
    @Nullable Split[] splits = assigner.assign(batch);
    for (int i = 0; i < columns.length; i++) { // one after the other, each stays in the cache
      for (int row = 0; row < splits.length; row++) {
        Split split = splits[row];
        if (split != null) {
          columns[i].add(split, batch.value(0, row, i), batch.exact(row, i), batch.labels()[row]);
        }
      }
    }
    for (int row = 0; row < splits.length; row++) {
      write(batch, row, splits[row]);
    }
  }

  private void write(RowBatch batch, int row, @Nullable Split split) {
    if (split == null) {
      return;
    }
    float[] values = encoded.of(batch, row);
    if (copies != null) {
      copies.add(values, split, batch.labels()[row]);
    }
    ArrowWriter writer = writers.get(split);
    if (writer == null) {
      return;
    }
    int start = batch.identifierStart(row);
    int length = batch.identifierEnd(row) - start;
    writer.add(batch.identifiers(), start, length, batch.labels()[row], values);
    if (split == Split.TRAIN) {
      sample.add(values, batch.labels()[row]);
    }
    if (split == Split.TEST) {
      Objects.requireNonNull(testRows).add(batch, row);
    }
  }

  private void quarantine(long line, List<InvalidCell> cells, CsvChunk chunk, int recordStart) {
    if (quarantine == null) {
      quarantine = new Quarantine(folder.resolve(DataReport.QUARANTINE), records);
    }
    quarantine.add(line, cells, chunk, recordStart);
  }

  private Encoder fit() {
    List<Encoder.Feature> fitted = new ArrayList<>();
    int[] features = encoded.places();
    for (int i = 0; i < features.length; i++) {
      ColumnSummary summary = columns[features[i]];
      List<String> categories = List.of();
      if (summary.column.kind() == ColumnKind.CATEGORY) {
        categories = summary.categories();
        recode(i, summary, categories);
      }
      fitted.add(new Encoder.Feature(summary.column, categories, summary.numeric()));
    }
    writers.values().forEach(ArrowWriter::close);
    return new Encoder(spec.identifier(), spec.label(), spec.decimal(), fitted);
  }

  private void recode(int feature, ColumnSummary summary, List<String> categories) {
    List<String> words = summary.words();
    WordCodes index = new WordCodes(categories, summary.numeric());
    float[] codes = new float[words.size()];
    for (int i = 0; i < codes.length; i++) {
      char[] word = words.get(i).toCharArray();
      int code = index.find(word, 0, word.length);
      codes[i] = code < 0 ? categories.size() : code;
    }
    writers.values().forEach(writer -> writer.recode(feature, codes));
  }

  @Override
  public void close() {
    decoding.shutdownNow();
    writers.values().forEach(ArrowWriter::close);
    if (testRows != null) {
      testRows.close();
    }
    if (quarantine != null) {
      quarantine.close();
    }
  }
}
