package dev.propensity.tasks.download;

import dev.propensity.artifacts.RawTable;
import dev.propensity.dataset.features.Folds;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowPolicy;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.BlockInputStream;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.Progress;
import dev.propensity.foundation.UserException;
import dev.propensity.parquet.TableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.stream.Stream;

/** Checks a table row by row while it writes the files of a raw table. */
final class RawTableWriter {
  private static final int BUFFER = 1 << 16;

  private final DatasetSpec spec;
  private final RowPolicy policy;
  private final Limits limits;

  /**
   * @param policy how the rows are checked
   */
  RawTableWriter(DatasetSpec spec, RowPolicy policy, Limits limits) {
    this.spec = spec;
    this.policy = policy;
    this.limits = limits;
  }

  /**
   * Decompresses the download, checks it, and writes the table and its description into the folder.
   *
   * @param where the source, for errors
   * @throws UserException if it is no CSV or Parquet file with at least one row, or has more
   *     invalid rows than the specification allows
   */
  CheckedTable write(Path arrived, String where, Path folder) throws IOException {
    try (OutputStream out = new FastGzip(Files.newOutputStream(folder.resolve(RawTable.ROWS)))) {
      CheckedTable result = read(arrived, where, out);
      result.table().write(folder);
      return result;
    }
  }

  /** The same, without writing files. */
  CheckedTable check(Path arrived, String where) throws IOException {
    return read(arrived, where, OutputStream.nullOutputStream());
  }

  /**
   * Checks that a checked table can be divided into folds, each with both labels.
   *
   * @throws UserException that names how many are possible, and a seed that suffices
   */
  void checkFolds(Path arrived, String where, int folds) throws IOException {
    try (TableFile table = open(arrived, where)) {
      Folds.of(table.csv(), where, spec, folds);
    }
  }

  /**
   * A checked table.
   *
   * @param rows counts and warnings for the report
   */
  record CheckedTable(RawTable.Description table, RowReader rows) {}

  private CheckedTable read(Path arrived, String where, OutputStream out) throws IOException {
    limits.check(size(arrived), where);
    try (TableFile table = open(arrived, where);
        Copying copying = new Copying(table.csv(), out)) {
      RowSchema schema = RowSchema.checking(spec, policy);
      RowReader rows = RowReader.open(copying, where, schema, table.format());
      Progress progress = Progress.of("rows checked");
      for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
        progress.add(batch.rows());
      }
      copying.transferTo(OutputStream.nullOutputStream());
      rows.requireValidRows(spec.invalidRows().quarantineUpTo(), spec.invalidRows().advice());
      return new CheckedTable(
          new RawTable.Description(
              rows.rows(), copying.bytes, Digest.finished(copying.digest), rows.header()),
          rows);
    }
  }

  private TableFile open(Path arrived, String where) throws IOException {
    long packed = size(arrived);
    return TableFile.open(
        arrived,
        where,
        ",".equals(spec.decimal()),
        bytes -> limits.checkUnpacked(bytes, packed, where));
  }

  /** The bytes of a file, or of all files in a folder. */
  private static long size(Path arrived) throws IOException {
    try (Stream<Path> files = Files.walk(arrived)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** Copies the bytes that are read, and counts and digests them. */
  private static final class Copying extends BlockInputStream {
    private final OutputStream out;
    private final MessageDigest digest = Digest.sha256();
    private long bytes;

    Copying(InputStream in, OutputStream out) {
      super(in);
      this.out = out;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, Math.min(length, BUFFER));
      if (n > 0) {
        out.write(buffer, offset, n);
        digest.update(buffer, offset, n);
        bytes += n;
      }
      return n;
    }
  }
}
