package dev.propensity.artifacts.mlflow;

import dev.propensity.report.HtmlPage;
import dev.propensity.tracking.Run;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The pages of a run in MLflow, by their keys among the details of a task's outcome. */
final class RunLinks {
  private static final String RUN = "mlflow_run";
  private static final String REPORT = "report";

  private RunLinks() {}

  /** The run's page. */
  static Map<String, String> of(Run run) {
    return Map.of(RUN, run.page());
  }

  /**
   * The run's page, and that of a report, where MLflow serves it.
   *
   * @param folder of the report in the run's artifacts
   */
  static SortedMap<String, String> withReport(Run run, String folder) {
    SortedMap<String, String> links = new TreeMap<>(of(run));
    run.artifactPage(folder + "/" + HtmlPage.FILE).ifPresent(page -> links.put(REPORT, page));
    return links;
  }
}
