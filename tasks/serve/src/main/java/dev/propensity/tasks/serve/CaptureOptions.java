package dev.propensity.tasks.serve;

import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.foundation.UserException;
import dev.propensity.task.TaskEnvironment;
import dev.propensity.tasks.serve.capture.CaptureSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for capturing rows. */
final class CaptureOptions {
  private static final String VARIABLE = "PROPENSITY_CAPTURE";
  private static final int MIN_MILLISECONDS = 100;

  @Option(
      names = "--capture",
      paramLabel = "JSON",
      description = {
        "Captures scored rows for monitoring, by the keys of the section 'capture' of a dataset's"
            + " file, such as '{}' or '{\"identifier\": \"none\"}'; needs --name (default:"
            + " PROPENSITY_CAPTURE's, else nothing is captured)."
      })
  private String capture;

  @Option(
      names = "--spool",
      paramLabel = "FOLDER",
      description = {
        "Where captured rows are kept until they are uploaded, one server at a time (default:"
            + " propensity-capture-NAME-PORT in the folder of temporary files)."
      })
  private Path spool;

  @Option(
      names = "--spool-mebibytes",
      paramLabel = "MEBIBYTES",
      defaultValue = "256",
      description =
          "How many of them are kept; beyond it, the oldest are lost (default: ${DEFAULT-VALUE}).")
  private int spoolMebibytes;

  @Option(
      names = "--segment-seconds",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Captured rows are uploaded so long after the last one; while more rows come, five times"
              + " as long after the first one (default: ${DEFAULT-VALUE}).")
  private double segmentSeconds;

  /**
   * What to capture; empty where nothing is.
   *
   * @param name the dataset's name with its origin; null where one model is served
   * @param port as set
   * @throws UserException for an invalid rule, or one without its key
   */
  Optional<CaptureSettings> settings(TaskEnvironment environment, @Nullable String name, int port) {
    String json = capture != null ? capture : environment.get(VARIABLE).orElse(null);
    if (json == null) {
      return Optional.empty();
    }
    String where = capture != null ? "--capture" : VARIABLE;
    if (name == null) {
      throw new UserException(
          where + " needs --name: captured rows are kept by the name of their dataset");
    }
    Path folder =
        spool != null
            ? spool
            : Path.of(
                System.getProperty("java.io.tmpdir"), "propensity-capture-" + name + "-" + port);
    if (spoolMebibytes < 1) {
      throw new UserException("--spool-mebibytes " + spoolMebibytes + ": it must be 1 or more");
    }
    CaptureRule rule = CaptureRule.parse(json, where);
    Duration time =
        Duration.ofMillis(Math.max(MIN_MILLISECONDS, Math.round(segmentSeconds * 1000)));
    return Optional.of(
        CaptureSettings.of(
            name,
            rule,
            environment.get(CaptureSettings.KEY),
            folder,
            time,
            (long) spoolMebibytes << 20));
  }
}
