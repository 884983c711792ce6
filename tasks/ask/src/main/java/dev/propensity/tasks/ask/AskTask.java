package dev.propensity.tasks.ask;

import dev.propensity.dataset.TextRows;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.Endpoints;
import dev.propensity.foundation.UserException;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends the rows of a table to any endpoint, and writes down the scores that it answers. */
@Command(
    name = "ask",
    description = "Sends the rows of a CSV to an endpoint, and writes its scores as a CSV.")
public final class AskTask extends Task {
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
        "The table, with a header: a path, https://host/file or s3://bucket/key,",
        "as it is or in .gz."
      })
  private String data;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the scores go: id, score, label (default: stdout).")
  private Path output;

  public static void main(String... arguments) {
    Task.main(new AskTask(), arguments);
  }

  @Override
  protected Outcome perform() throws IOException {
    Endpoints endpoints = new Endpoints(surroundings()::get, () -> surroundings().store());
    try (Endpoint asked = endpoints.of(endpoint, "");
        InputStream csv = new Source(data, surroundings()).open();
        Scores scores = output == null ? Scores.to(this::print) : Scores.to(output)) {
      Asking asking = new Asking(asked, scores);
      asking.all(new TextRows(csv, data));
      if (asking.rows() == 0) {
        throw new UserException(data + " has a header but no rows");
      }
      scores.finish();
      return new Outcome(
          Outcome.Status.DONE,
          output == null ? null : output.toUri().toString(),
          asking.rows()
              + " rows scored by "
              + asking.model()
              + " of "
              + asked
              + ", "
              + asking.positive()
              + " of them with label 1");
    }
  }
}
