package dev.propensity.tasks.preprocess;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.RawTable;
import dev.propensity.dataset.features.Folds;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.storage.S3Location;
import dev.propensity.task.ComputationStep;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a table against its specification and encodes it as features. */
@Command(
    name = Features.PRODUCER,
    description = "Checks every row of a table, splits the rows, and encodes them as features.")
public final class PreprocessTask extends ComputationTask {
  private static final Logger LOG = LoggerFactory.getLogger(PreprocessTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--raw",
      required = true,
      paramLabel = "URI",
      description = "The table: the output of download.")
  private String rawUri;

  @Mixin private FoldOptions options;

  public static void main(String... arguments) {
    Task.main(new PreprocessTask(), arguments);
  }

  @Override
  protected ComputationStep<DataReport> prepare() {
    DatasetSpec spec = dataset.spec();
    Map<String, JsonNode> assignment = options.parameters();
    RawTable raw = RawTable.require(environment().store(), S3Location.parse(rawUri));
    raw.requireOf(spec);
    return ComputationStep.unpublished(
            Features.computation(spec, raw, assignment, code()), folder -> compute(raw, folder))
        .warning(files -> new Features(files).warning());
  }

  private DataReport compute(RawTable raw, Path folder) throws IOException {
    DatasetSpec spec = dataset.spec();
    SplitAssignment assignment = splitAssignment(raw, spec);
    String where = RawTable.nameOf(spec);
    DataReport report = raw.read(csv -> Preprocessing.run(csv, where, spec, assignment, folder));
    LOG.info("rows {}, of them positive {}", report.rows(), report.positives());
    if (report.unassignedRows() > 0) {
      LOG.info("rows in no split: {}", report.unassignedRows());
    }
    report.warnings().forEach(LOG::warn);
    if (!report.quarantined().isEmpty()) {
      LOG.warn("rejected rows are in {}", DataReport.QUARANTINE);
    }
    return report;
  }

  private SplitAssignment splitAssignment(RawTable raw, DatasetSpec spec) throws IOException {
    if (options.withoutValidation()) {
      return SplitAssignment.withoutValidation(spec.split());
    }
    if (options.fold().isEmpty()) {
      return SplitAssignment.of(spec.split());
    }
    int count = options.fold().get().count();
    String where = RawTable.nameOf(spec);
    // The fold is known only at the end.
    Folds folds = raw.read(csv -> Folds.of(csv, where, spec, count));
    return folds.validatingOn(options.fold().get().number());
  }
}
