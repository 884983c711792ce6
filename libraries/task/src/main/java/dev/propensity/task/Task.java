package dev.propensity.task;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Base class of all tasks on the command line: picocli options, {@code --result}, exit codes, logs.
 *
 * <p>A subclass is annotated with {@code @Command(name = "promote", description = "…")} and has a
 * main of one line: {@code public static void main(String... arguments) { Task.main(new
 * TrainTask(), arguments); }}.
 */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = false,
    usageHelpWidth = 100)
public abstract class Task implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Task.class);

  /** User action required; not retried. */
  static final int USER_ACTION_REQUIRED = 2;

  /** There was nothing to do. */
  static final int SKIPPED = 99;

  /** Any other error; retried. */
  static final int FAILED = 1;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "File or S3 URI (s3://bucket/key) to write the result to, as JSON.")
  private String result;

  private @Nullable TaskEnvironment environment;
  private TrainingContainer container = TrainingContainer.mounted();
  private boolean contained;
  private PrintStream out = System.out;

  /** Runs the task and ends the process with its exit code. */
  protected static void main(Task task, String... arguments) {
    task.out = System.out;
    System.setOut(System.err); // stdout is for the URI alone, whatever a library prints
    System.exit(run(task, System.getenv(), arguments));
  }

  /**
   * Runs the task in this process.
   *
   * @param variables the environment's
   * @return the exit code: 0 done, 2 user action required, 99 skipped, 1 any other error
   */
  public static int run(Task task, Map<String, String> variables, String... arguments) {
    if (!task.container.isRequested(arguments)) {
      try (TaskEnvironment environment = new TaskEnvironment(variables)) {
        task.environment = environment;
        return task.started(arguments);
      }
    }
    task.contained = true;
    try (WorkFolder folder = new WorkFolder()) {
      task.environment = task.container.environment(variables, folder.path());
      return task.started(task.container.arguments());
    } catch (UserException e) {
      return task.reject(e.getMessage(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where SageMaker's mounts are, for tests. */
  final void container(TrainingContainer mounts) {
    this.container = mounts;
  }

  private int started(String... given) {
    String[] arguments;
    try {
      arguments = StoredArguments.expand(environment(), given);
    } catch (UserException e) {
      return reject(e.getMessage(), Arguments.result(given));
    } catch (UnavailableException e) {
      return fail(e.getMessage());
    }
    CommandLine line = new CommandLine(this);
    Optional<String> parseError = Arguments.parse(line, arguments);
    if (parseError.isPresent()) {
      return reject(parseError.get(), Arguments.result(arguments));
    }
    if (line.isUsageHelpRequested()) {
      line.usage(out, CommandLine.Help.Ansi.OFF);
      return 0;
    }
    if (line.isVersionHelpRequested()) {
      line.printVersionHelp(out, CommandLine.Help.Ansi.OFF);
      return 0;
    }
    return call();
  }

  /** Runs the task, reports the outcome, and maps failures to exit codes. */
  @Override
  public final Integer call() {
    try {
      Outcome outcome = perform();
      report(outcome);
      return outcome.status() == Outcome.Status.SKIPPED ? SKIPPED : 0;
    } catch (UserException e) {
      return reject(e.getMessage(), result);
    } catch (UnavailableException e) {
      return fail(e.getMessage());
    } catch (Exception | LinkageError e) { // a native library that cannot be unpacked or loaded
      if (FullDisk.isBehind(e)) {
        return fail("the disk is full: " + FullDisk.where(e));
      }
      LOG.error("internal error: please report it with these lines", e);
      container.fail("internal error: " + e);
      return FAILED;
    }
  }

  /** Does the task's work. */
  protected abstract Outcome perform() throws Exception;

  /** The environment's settings. */
  protected final TaskEnvironment environment() {
    return Objects.requireNonNull(environment, "the task does not run yet");
  }

  /** One digest over all jars: the code that runs. */
  protected final Digest code() {
    return Code.digest();
  }

  /**
   * Who is recorded in a ledger.
   *
   * @param who the option's value; without it, it is the user's name
   */
  protected static String recordedAs(@Nullable String who) {
    return who == null || who.isEmpty() ? System.getProperty("user.name") : who;
  }

  /** Prints a line on stdout, for a task whose result is text instead of a URI. */
  protected final void print(String line) {
    out.println(line);
  }

  /** The stream of the task's one line of output. */
  final PrintStream out() {
    return out;
  }

  private void report(Outcome outcome) {
    if (contained && outcome.uri() != null) {
      container.keep(environment().store(), outcome.uri());
    }
    if (outcome.reason() != null) {
      LOG.info(outcome.reason());
    }
    if (result != null) {
      new ResultFile(result, environment()).write(outcome);
    }
    if (outcome.uri() != null) {
      out.println(outcome.uri());
    }
  }

  private int fail(@Nullable String reason) {
    LOG.error(reason);
    container.fail(reason);
    return FAILED;
  }

  private int reject(@Nullable String reason, @Nullable String target) {
    LOG.error(reason);
    container.fail(reason);
    if (target != null) {
      try {
        new ResultFile(target, environment())
            .write(new Outcome(Outcome.Status.REJECTED, null, reason));
      } catch (UserException | UnavailableException e) {
        LOG.error("the result could not be written: {}", e.getMessage());
      }
    }
    return USER_ACTION_REQUIRED;
  }
}
