package dev.propensity.tasks.forget;

import dev.propensity.artifacts.AnsweringModels;
import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes the captured rows and the outcomes of some customers. */
@Command(
    name = "forget",
    description = {
      "Removes the captured rows and the outcomes of the identifiers on standard input, one on each"
          + " line: rewrites the files that have them, those of requests that SageMaker stored among"
          + " them. Lists the artifacts that may have rows of the same"
          + " customers, which it does not change. Run it again two hours later for segments that"
          + " were not uploaded yet. Do not run it twice at once."
    })
public final class ForgetTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(ForgetTask.class);

  private final InputStream input;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description =
          "The dataset's name, with -synthetic for rows scored by models of synthetic rows.")
  private String name;

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "The person to record (default: the user's name).")
  private String who = "";

  public ForgetTask() {
    this(System.in);
  }

  /**
   * @param input the identifiers
   */
  public ForgetTask(InputStream input) {
    this.input = input;
  }

  public static void main(String... arguments) {
    Task.main(new ForgetTask(), arguments);
  }

  @Override
  protected Outcome perform() throws IOException {
    Set<String> identifiers = identifiers();
    if (identifiers.isEmpty()) {
      throw new UserException("there is no identifier on standard input: write one on each line");
    }
    ArtifactStore store = environment().store();
    String current = Origin.currentName(name);
    IdentifierKey key =
        environment().get(IdentifierKey.VARIABLE).map(IdentifierKey::parse).orElse(null);
    ForgetRecord record = new ForgetRecord(store, current, recordedAs(who), identifiers, key);
    ForgottenRows forgotten = new ForgottenRows(store, identifiers, key, record);
    try (WorkFolder work = new WorkFolder()) {
      for (String segment : new Captures(store, current).keys()) {
        forgotten.removeFrom(segment, work.path());
      }
      for (String batch : new Outcomes(store, current).keys()) {
        forgotten.removeOutcomesFrom(batch, work.path());
      }
    }
    ForgottenRequests requests =
        new ForgottenRequests(
            store.objects(), identifiers, new AnsweringModels(store, current), record);
    try (WorkFolder work = new WorkFolder()) {
      for (S3Location file : new RequestCaptures(store, current).all()) {
        requests.removeFrom(file, work.path());
      }
    }
    List<String> others = new OtherCopies(store, current).uris();
    others.forEach(uri -> LOG.warn("not changed, and may have rows of these customers: {}", uri));
    String problems =
        Stream.of(forgotten.problems(), requests.problems())
            .flatMap(List::stream)
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    String text =
        "%,d rows of %,d identifiers were removed from %,d of %,d files; %,d artifacts were not changed"
            .formatted(
                forgotten.removed() + requests.removed(),
                identifiers.size(),
                forgotten.rewritten() + requests.rewritten(),
                forgotten.read() + requests.read(),
                others.size());
    String outcomes =
        forgotten.outcomes() == 0
            ? ""
            : "; %,d outcomes were removed".formatted(forgotten.outcomes());
    return record
        .location()
        .map(location -> Outcome.done(location, text + outcomes))
        .orElseGet(() -> Outcome.unchanged(store.root(), text));
  }

  private Set<String> identifiers() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toSet());
    }
  }
}
