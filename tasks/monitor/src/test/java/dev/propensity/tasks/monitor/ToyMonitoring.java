package dev.propensity.tasks.monitor;

import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Windows of captured toys in a store, and the task monitor run on them.
 *
 * @param model that answered the rows
 * @param environment of the task
 */
record ToyMonitoring(
    ArtifactStore store,
    Path work,
    Artifact model,
    String specification,
    Map<String, String> environment) {
  static final LocalDate FIRST = LocalDate.of(2026, 3, 2);

  /** The day so many days after the first one. */
  static String day(int number) {
    return FIRST.plusDays(number).toString();
  }

  ToyMonitoring withSpecification(String lines) {
    return new ToyMonitoring(store, work, model, CapturedToys.SPECIFICATION + lines, environment);
  }

  ToyMonitoring withModel(Artifact other) {
    return new ToyMonitoring(store, work, other, specification, environment);
  }

  /** Commits a window's profile, as collect does. */
  ProfileArtifact commit(ToyDay day) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(specification, "toys.yaml");
    TrainedModelArtifact trained = TrainedModelArtifact.require(store, model.uri());
    Profile profile = day.profile(Release.digestOf(model), trained.baseline());
    Path folder = Files.createTempDirectory(work, "profile");
    ProfileArtifact.write(folder, profile, day.segments());
    Artifact artifact =
        store.commit(
            ProfileArtifact.computation(
                spec, profile, trained, List.of(), day.segments(), Digest.of("development")),
            folder);
    return ProfileArtifact.require(store, artifact.uri());
  }

  /** Runs the task on a window. */
  TaskRun monitor(ToyDay day) throws IOException {
    return monitor(commit(day).uri());
  }

  TaskRun monitor(S3Location profile) throws IOException {
    return TaskRunner.run(
        new MonitorTask(),
        environment,
        List.of("--dataset=" + specification, "--profile=" + profile, "--who=Ada"));
  }

  /** What the task found on a window. */
  Monitoring result(ToyDay day) throws IOException {
    return MonitoringArtifact.require(store, monitor(day).succeeded().uri()).monitoring();
  }

  /** Records quiet windows in the ledger, as the task does: faster. */
  void recordQuiet(int from, int to) throws IOException {
    MonitoringLedger ledger = ledger();
    Release champion = new ReleaseLedger(store, "toys").champion().orElseThrow();
    for (int number = from; number < to; number++) {
      ProfileArtifact profile = commit(ToyDay.quiet(day(number)));
      String window = day(number);
      boolean learning = number < 28;
      ledger.append(
          all ->
              MonitoringEntry.monitored(
                  all.size() + 1,
                  "toys",
                  window,
                  champion,
                  profile.uri(),
                  profile.uri().resolve("monitoring"),
                  learning ? "learning" : "quiet",
                  List.of(),
                  true,
                  "Ada"));
    }
  }

  /** The ledger, as it is now. */
  MonitoringLedger ledger() {
    return new MonitoringLedger(store, "toys");
  }
}
