package dev.propensity.tasks.download;

import dev.propensity.artifacts.RawTable;
import dev.propensity.dataset.features.Folds;
import dev.propensity.dataset.rows.RowPolicy;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Computation;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Outcome;
import dev.propensity.task.SourceStep;
import dev.propensity.task.SourceTask;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Downloads a dataset's table from its source into the store, unchanged and compressed. */
@Command(
    name = RawTable.PRODUCER,
    description = "Downloads a dataset's table from its source into the store, unchanged.")
public final class DownloadTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(DownloadTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = {
        "The table, a CSV or Parquet file, plain or as .gz or .zip: https://host/file,"
            + " s3://bucket/key, a path, kaggle:owner/dataset/file, kaggle:competitions/name/file,"
            + " or synthetic:50000 for that many synthetic rows. A path or s3:// prefix may also be"
            + " a folder of Parquet files. {date} is replaced with --date. Default: from the"
            + " specification."
      })
  private String source;

  @Option(
      names = "--date",
      paramLabel = "DAY",
      description = "The date that replaces {date}, such as 2026-01-31 (default: today in UTC).")
  private LocalDate date;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "training",
      converter = PolicyConverter.class,
      description = {
        "How rows are checked: training (identifier and label are required,",
        "duplicate identifiers rejected) or scoring (neither is required). Default:"
            + " ${DEFAULT-VALUE}."
      })
  private RowPolicy policy;

  @Option(
      names = "--check",
      description = "Only check the rows: write nothing. No store is needed.")
  private boolean check;

  @Option(
      names = "--folds",
      paramLabel = "NUMBER",
      description =
          "With --check: check that the table can be divided into this many folds, each with both"
              + " labels.")
  private Integer folds;

  @Mixin private Limits limits;

  public static void main(String... arguments) {
    Task.main(new DownloadTask(), arguments);
  }

  @Override
  protected SourceStep prepare() {
    Source table = source();
    if (folds != null && !check) {
      throw new UserException("--folds requires --check");
    }
    if (folds != null) {
      Folds.requireCount(folds);
    }
    return check
        ? SourceStep.validateOnly(scratch -> check(table, scratch))
        : SourceStep.of((folder, scratch) -> download(table, folder, scratch));
  }

  private Outcome check(Source from, Path scratch) throws IOException {
    Path arrived = from.fetch(scratch, limits);
    RawTableWriter writer = new RawTableWriter(dataset.spec(), policy, limits);
    RawTableWriter.CheckedTable result = writer.check(arrived, from.toString());
    report(result);
    if (folds != null) {
      writer.checkFolds(arrived, from.toString(), folds);
    }
    return Outcome.unchanged(
        null,
        from
            + ": "
            + result.table().rows()
            + " rows, "
            + result.rows().diagnostics().rows()
            + " of them invalid");
  }

  private Source source() {
    DatasetSpec spec = dataset.spec();
    LocalDate day = Optional.ofNullable(date).orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
    String from = Optional.ofNullable(source).orElse(spec.source());
    return Source.parse(from.replace("{date}", day.toString()), spec, environment());
  }

  private Computation download(Source from, Path folder, Path scratch) throws IOException {
    LOG.info("downloading {}", from);
    Path arrived = from.fetch(scratch, limits);
    RawTableWriter.CheckedTable result =
        new RawTableWriter(dataset.spec(), policy, limits).write(arrived, from.toString(), folder);
    report(result);
    return RawTable.computation(dataset.spec(), from.origin(), result.table());
  }

  private static void report(RawTableWriter.CheckedTable result) {
    RawTable.Description table = result.table();
    LOG.info(
        "{} rows, {} bytes, SHA-256 {}; CSV: {}",
        table.rows(),
        table.bytes(),
        table.sha256(),
        result.rows().dialect().text());
    if (result.rows().duplicates() > 0) {
      LOG.warn(
          "rows with a duplicate identifier: {} ({})",
          result.rows().duplicates(),
          String.join(", ", result.rows().duplicateExamples()));
    }
  }

  /** Reads the policy's name in lower case. */
  static final class PolicyConverter implements ITypeConverter<RowPolicy> {
    @Override
    public RowPolicy convert(String name) {
      return switch (name) {
        case "training" -> RowPolicy.TRAINING;
        case "scoring" -> RowPolicy.SCORING;
        default -> throw new TypeConversionException("'" + name + "' is not training or scoring");
      };
    }
  }
}
