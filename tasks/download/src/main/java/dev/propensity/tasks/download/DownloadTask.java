package dev.propensity.tasks.download;

import dev.propensity.artifacts.RawTable;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.storage.Computation;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.FoundTask;
import dev.propensity.task.Task;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a data set's table from its source into the store, as it came, compressed. */
@Command(
    name = RawTable.PRODUCER,
    description = "Brings a data set's table from its source into the store, as it came.")
public final class DownloadTask extends FoundTask {
  private static final Logger LOG = LoggerFactory.getLogger(DownloadTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = {
        "Where the table is, as it is or in .gz or .zip; by default what the",
        "specification says: https://host/file, s3://bucket/key, a path,",
        "kaggle:owner/dataset/file, kaggle:competitions/name/file, or",
        "sample:50000 for so many made-up rows. {date} stands for the day."
      })
  private String source;

  @Option(
      names = "--date",
      paramLabel = "DAY",
      description = "The day that {date} stands for, as 2026-01-31; by default today in UTC.")
  private LocalDate date;

  @Mixin private Limits limits;

  public static void main(String... arguments) {
    Task.main(new DownloadTask(), arguments);
  }

  @Override
  protected Computation compute(Path folder, Path scratch) throws Exception {
    DatasetSpec spec = dataset.spec();
    LocalDate day = Optional.ofNullable(date).orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
    String from = Optional.ofNullable(source).orElse(spec.source());
    Source asked = Source.parse(from.replace("{date}", day.toString()), spec, surroundings());
    LOG.info("downloading {}", asked);
    Path arrived = asked.fetch(scratch, limits);
    RawTable.Description table = RawTableWriter.write(arrived, asked.toString(), limits, folder);
    LOG.info("{} rows, {} bytes, SHA-256 {}", table.rows(), table.bytes(), table.sha256());
    return RawTable.computation(spec, asked.origin(), table);
  }
}
