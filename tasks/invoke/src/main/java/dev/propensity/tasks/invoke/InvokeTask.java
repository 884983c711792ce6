package dev.propensity.tasks.invoke;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.option.Endpoints;
import dev.propensity.foundation.UserException;
import dev.propensity.parquet.TableFile;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores the rows of a table with any endpoint, and writes the scores. */
@Command(
    name = "invoke",
    description =
        "Sends the rows of a CSV or Parquet file to an endpoint, and writes the scores as a CSV"
            + " file.")
public final class InvokeTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(InvokeTask.class);

  @Option(
      names = "--endpoint",
      paramLabel = "ENDPOINT",
      required = true,
      description = "http://host:port of the project's server, or sagemaker:name.")
  private String endpoint;

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      required = true,
      description = {
        "A path, https://host/file or s3://bucket/key of a CSV with a header or a Parquet file,"
            + " plain or as .gz or .zip, or a path of a folder of Parquet files."
      })
  private String data;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {
        "The file for the scores, with the columns id, score, label (default: stdout).",
        "If the table is rejected, FILE is not written; scores that were",
        "printed to stdout before the first rejected row remain."
      })
  private Path output;

  private static String warnings(ScoredTable scored) {
    List<String> warnings = scored.warnings();
    return warnings.isEmpty() ? "" : "; WARNING: " + String.join("; ", warnings);
  }

  public static void main(String... arguments) {
    Task.main(new InvokeTask(), arguments);
  }

  @Override
  protected Outcome perform() throws IOException {
    Endpoints endpoints = new Endpoints(environment()::get, () -> environment().store());
    try (Endpoint target = endpoints.of(endpoint, "");
        TableFile table = new RowSource(data, environment()).open();
        ScoresFile scores = output == null ? ScoresFile.to(this::print) : ScoresFile.to(output)) {
      BatchScorer scorer = new BatchScorer(target, scores, table.format());
      scorer.score(new HeaderProbe(target, data).open(table.csv()));
      ScoredTable scored = scorer.scored();
      if (scored.count() == 0) {
        throw new UserException(data + " has a header and no rows");
      }
      scores.finish();
      LOG.info("CSV: {}", scored.csv());
      scored.notes().forEach(LOG::warn);
      return new Outcome(
          Outcome.Status.DONE,
          output == null ? null : output.toUri().toString(),
          String.format(
              Locale.ROOT,
              "%,d rows scored by %s of %s, %,d of them selected%s",
              scored.count(),
              scorer.model(),
              target,
              scored.positive(),
              warnings(scored)));
    }
  }
}
