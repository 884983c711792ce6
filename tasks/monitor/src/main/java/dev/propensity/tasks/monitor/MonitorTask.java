package dev.propensity.tasks.monitor;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.artifacts.mlflow.MonitoringMlflowRun;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.task.ComputationStep;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a window's captured rows with those before, and with the training data. */
@Command(
    name = MonitoringArtifact.PRODUCER,
    description = {
      "Compares the captured rows of a window with those of the windows before and with the training"
          + " data, and records the verdict in the monitoring ledger. A window's first verdict"
          + " stays; that of a window that has not ended is not recorded."
    })
public final class MonitorTask extends ComputationTask {
  @Mixin private DatasetOption dataset;

  @Option(
      names = "--profile",
      required = true,
      paramLabel = "URI",
      description = "The counts of the window's rows: the output of collect.")
  private String profileUri;

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "The person or run to record in the ledger (default: the user's name).")
  private String who = "";

  public static void main(String... arguments) {
    Task.main(new MonitorTask(), arguments);
  }

  @Override
  protected ComputationStep<Monitoring> prepare() {
    DatasetSpec spec = dataset.spec();
    ArtifactStore store = environment().store();
    ProfileArtifact artifact = ProfileArtifact.require(store, S3Location.parse(profileUri));
    artifact.requireOf(spec);
    Profile profile = artifact.profile();
    TrainedModelArtifact model = TrainedModelArtifact.require(store, artifact.model().uri());
    MonitoredWindow window = MonitoredWindow.of(store, spec.monitor(), artifact, profile);
    Optional<EvaluationArtifact> evaluation =
        profile.groups().isEmpty()
            ? Optional.empty()
            : EvaluationArtifact.find(store, window.champion().evaluation());
    return ComputationStep.of(
            MonitoringArtifact.computation(
                spec, artifact, evaluation, window.earlier().all(), code()),
            folder -> compute(spec, model.baseline(), window, evaluation, folder),
            (files, computed) -> record(window, model, new MonitoringArtifact(files)))
        .warning(files -> new MonitoringArtifact(files).monitoring().summary())
        .details(MonitorTask::details);
  }

  private static Monitoring compute(
      DatasetSpec spec,
      Baseline baseline,
      MonitoredWindow window,
      Optional<EvaluationArtifact> evaluation,
      Path folder)
      throws IOException {
    EarlierWindows.Counts earlier = window.earlier().counts(baseline);
    ComparedWindow compared =
        ComparedWindow.of(
            spec.monitor(),
            window.profile(),
            baseline,
            earlier.reference(),
            earlier.since(),
            earlier.isAccepted(),
            ScoredGroups.of(
                spec,
                baseline,
                window.profile(),
                evaluation.map(ScoredGroups::tested).orElseGet(TreeMap::new)));
    MonitoringArtifact.write(
        folder, compared.monitoring(), new MonitoringPage(spec, compared).html());
    return compared.monitoring();
  }

  private Map<String, String> record(
      MonitoredWindow window, TrainedModelArtifact model, MonitoringArtifact artifact)
      throws IOException {
    String user = recordedAs(who);
    Map<String, String> details = new TreeMap<>();
    details.put("provisional", String.valueOf(window.isProvisional()));
    Optional<MonitoringEntry> recorded = window.record(artifact, user);
    recorded.ifPresent(
        entry -> {
          details.put("entry", window.ledger().location(entry).toString());
          details.put("recorded_verdict", entry.verdict());
        });
    try (Tracking tracking = Tracking.connect(environment()::get).orElse(null)) {
      if (tracking != null) {
        MonitoringMlflowRun run =
            new MonitoringMlflowRun(
                tracking,
                model,
                window.champion().version(),
                window.length(dataset.spec().monitor()));
        details.putAll(log(run, window, recorded, artifact));
      }
    }
    return details;
  }

  private static Map<String, String> log(
      MonitoringMlflowRun run,
      MonitoredWindow window,
      Optional<MonitoringEntry> recorded,
      MonitoringArtifact artifact)
      throws IOException {
    if (recorded.isEmpty()) {
      return run.logProvisional(artifact);
    }
    MonitoringEntry entry = recorded.get();
    return artifact.uri().equals(entry.monitoring())
        ? run.log(artifact, window.profile())
        : run.pages(entry.window());
  }

  private static Map<String, ?> details(ArtifactFiles files) {
    Monitoring monitoring = new MonitoringArtifact(files).monitoring();
    Map<String, Object> details = new TreeMap<>();
    details.put("verdict", monitoring.verdict().text());
    details.put("window", monitoring.window());
    details.put("columns", monitoring.subjects());
    return details;
  }
}
