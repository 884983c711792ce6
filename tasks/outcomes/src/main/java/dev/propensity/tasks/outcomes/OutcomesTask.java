package dev.propensity.tasks.outcomes;

import dev.propensity.artifacts.Outcomes;
import dev.propensity.dataset.rows.result.Diagnostics;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.outcome.OutcomeBatchWriter;
import dev.propensity.monitoring.outcome.OutcomeForm;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.monitoring.outcome.OutcomeTable;
import dev.propensity.monitoring.outcome.StoredIdentifiers;
import dev.propensity.parquet.TableFile;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.table.CellError;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.NameOption;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.task.TimeOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stores the outcomes of customers, by which performance measures the live model. */
@Command(
    name = "outcomes",
    description = {
      "Checks a table of outcomes and stores it: the identifier and the label of customers and, if"
          + " there are such columns, the time and who was contacted. Identifiers are stored as"
          + " endpoints capture them. The same table is stored once."
    })
public final class OutcomesTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomesTask.class);

  private final InputStream input;

  @Mixin private DatasetOption dataset;

  @Mixin private NameOption name;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "SOURCE",
      description = {
        "A path or s3://bucket/key of a CSV with a header or a Parquet file, plain or as .gz or"
            + " .zip; or - for standard input."
      })
  private String data;

  @Option(
      names = "--received",
      paramLabel = "TIME",
      description =
          "When the outcomes became known, by ISO 8601, for those that have no time (default: now).")
  private String received = "";

  public OutcomesTask() {
    this(System.in);
  }

  /**
   * @param input for {@code --data -}
   */
  OutcomesTask(InputStream input) {
    this.input = input;
  }

  public static void main(String... arguments) {
    Task.main(new OutcomesTask(), arguments);
  }

  @Override
  protected Outcome perform() throws IOException {
    DatasetSpec spec = dataset.spec();
    OutcomeRule rule = spec.outcomes();
    if (rule == null) {
      throw new UserException(
          dataset.where() + " has no section outcomes: add outcomes: {horizon_days: 30}");
    }
    String named = name.of(spec);
    StoredIdentifiers identifiers =
        StoredIdentifiers.of(spec, environment().get(IdentifierKey.VARIABLE));
    Instant time = TimeOption.parse("--received", received);
    OutcomeHeader header =
        new OutcomeHeader(
            OutcomeHeader.SCHEMA, named, identifiers.mode(), identifiers.keyId(), time.toString());
    ArtifactStore store = environment().store();
    try (WorkFolder work = new WorkFolder()) {
      Path file = work.path().resolve("outcomes.arrow");
      try (OutcomeBatchWriter batch = new OutcomeBatchWriter(file, header)) {
        OutcomeForm form = new OutcomeForm(spec.identifier(), spec.label(), rule);
        OutcomeTable table = new OutcomeTable(form, spec.invalidRows(), identifiers, time);
        OutcomeTable.Result result = read(table, batch);
        Digest content = batch.finish();
        return store(new Outcomes(store, named), batch, content, file, rule)
            .with("name", named)
            .with("rows", result.rows())
            .with("rejected", result.errors().rows());
      }
    }
  }

  private OutcomeTable.Result read(OutcomeTable reader, OutcomeBatchWriter batch)
      throws IOException {
    OutcomeSource source = new OutcomeSource(data, environment(), input);
    try (TableFile table = source.open()) {
      OutcomeTable.Result result =
          reader.read(table.csv(), table.format(), source.where(), batch::add);
      report(result, source.where(), table);
      return result;
    }
  }

  private static void report(OutcomeTable.Result result, String where, TableFile table) {
    Diagnostics errors = result.errors();
    for (CellError error : errors.first()) {
      LOG.warn("{}, {}, {}", where, table.format().record(error.line()), error.withoutLine());
    }
    if (errors.rows() > 0) {
      LOG.warn("{} of {} rows are invalid, and left out", errors.rows(), result.rows());
    }
    if (result.unlabeled() > 0) {
      LOG.info("{} rows have no answer yet", result.unlabeled());
    }
    if (!result.isTimed()) {
      LOG.info("the table has no column time: the outcomes count as of now");
    }
  }

  private static Outcome store(
      Outcomes outcomes, OutcomeBatchWriter batch, Digest content, Path file, OutcomeRule rule) {
    Optional<S3Location> there = outcomes.find(content);
    if (there.isPresent()) {
      return Outcome.unchanged(there.get(), "these outcomes were stored before");
    }
    outcomes.write(batch.header(), content, file, rule.days());
    String text = String.format(Locale.ROOT, "%,d outcomes of %s", batch.rows(), outcomes.name());
    return Outcome.done(outcomes.location(batch.header(), content), text);
  }
}
