package dev.propensity.tasks.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.drift.BaselineCounts;
import dev.propensity.monitoring.drift.ColumnCounts;
import dev.propensity.monitoring.drift.DriftRule;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Subject;
import dev.propensity.monitoring.drift.WindowCounts;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Monitored windows in a store: the rows of each are those of the training data, or others. */
final class MonitoredWindows {
  private static final List<Monitoring.Group> GROUPS =
      List.of(
          new Monitoring.Group("town", "3.0", 4, 0.25, 0.5, 0.4, 0.75),
          new Monitoring.Group("town", "", 2, 0.125, 0, null, null));

  private final ArtifactStore store;
  private final String name;
  private final MonitoringLedger ledger;
  private final Path folder;

  MonitoredWindows(ArtifactStore store, String name, Path folder) {
    this.store = store;
    this.name = name;
    this.ledger = new MonitoringLedger(store, name);
    this.folder = folder;
  }

  MonitoringLedger ledger() {
    return ledger;
  }

  /** The report of a window. */
  static String report(String window, int version) {
    return new HtmlPage("Monitoring: %s of version %d".formatted(window, version)).html();
  }

  /** Monitors a window whose rows are those of the model's training data. */
  MonitoringEntry quiet(Release model, String window) throws IOException {
    return monitored(model, window, null);
  }

  /** Monitors a window in which all values of a column are in its first bin. */
  MonitoringEntry changed(Release model, String window, String column) throws IOException {
    return monitored(model, window, column);
  }

  private MonitoringEntry monitored(Release model, String window, String changed)
      throws IOException {
    Monitoring found = compare(model, window, changed).with(GROUPS);
    Path files = Files.createTempDirectory(folder, "window");
    MonitoringArtifact.write(files, found, report(window, model.version()));
    TreeMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("window", new TextNode(window));
    parameters.put("model", new TextNode(model.digest().hex()));
    Artifact artifact =
        store.commit(
            new Computation(
                name, Origin.REAL, "monitor", Digest.of("code"), parameters, new TreeMap<>()),
            files);
    return ledger.append(
        all ->
            MonitoringEntry.monitored(
                all.size() + 1,
                name,
                window,
                model,
                store.root().resolve("profiles/" + window),
                artifact.uri(),
                found.verdict().text(),
                found.subjects(),
                found.state().referable(),
                "test"));
  }

  private Monitoring compare(Release model, String window, String changed) {
    Baseline baseline = TrainedModelArtifact.require(store, model.model()).baseline();
    BaselineCounts training = BaselineCounts.of(baseline);
    Map<String, ColumnCounts> columns = new TreeMap<>();
    training
        .columns()
        .forEach(
            (column, counts) ->
                columns.put(
                    column,
                    column.equals(changed)
                        ? new ColumnCounts(inFirstBin(counts.counts().bins()), 3, 0)
                        : counts.counts()));
    WindowCounts rows =
        new WindowCounts(
            TimeWindow.parse(window).from(),
            baseline.rows(),
            baseline.rows(),
            7,
            columns,
            training.scores());
    MonitorRule rule = new MonitorRule(MonitorRule.Window.DAY, 90, 100);
    return new DriftRule(rule, training, List.of(), false)
        .evaluate(
            new Subject(name, model.digest().hex(), window, List.of(), List.of()), List.of(), rows);
  }

  private static long[] inFirstBin(long[] bins) {
    long[] all = new long[bins.length];
    all[0] = LongStream.of(bins).sum();
    return all;
  }
}
