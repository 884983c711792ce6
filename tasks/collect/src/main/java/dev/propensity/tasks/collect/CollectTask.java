package dev.propensity.tasks.collect;

import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.ProfileBuilder;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.monitoring.profile.Traffic;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.SourceStep;
import dev.propensity.task.SourceTask;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts the rows that endpoints captured in a window, in the bins of a model's baseline. */
@Command(
    name = ProfileArtifact.PRODUCER,
    description = {
      "Counts the rows that endpoints captured in a window, in the bins of the champion's training"
          + " data: the profile of the window, for monitor."
    })
public final class CollectTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(CollectTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "The dataset's name, with -synthetic for models of synthetic rows (default: the name in"
              + " the specification).")
  private String name;

  @Mixin private WindowOption window;

  @Mixin private ModelOption model;

  public static void main(String... arguments) {
    Task.main(new CollectTask(), arguments);
  }

  @Override
  protected SourceStep prepare() {
    DatasetSpec spec = dataset.spec();
    String named = name(spec);
    TimeWindow chosen = window.window(spec.monitor().window(), Instant.now());
    ArtifactStore store = environment().store();
    TrainedModelArtifact found = model.find(store, named, chosen);
    found.requireOf(spec);
    return SourceStep.of(
        (folder, scratch) -> collect(new Captures(store, named), chosen, found, folder, scratch));
  }

  private String name(DatasetSpec spec) {
    String named = name.isEmpty() ? spec.name() : Origin.currentName(name);
    if (!Origin.ofName(named).nameOf(spec.name()).equals(named)) {
      throw new UserException("--name " + name + " is not of the dataset " + spec.name());
    }
    return named;
  }

  private Computation collect(
      Captures captures, TimeWindow chosen, TrainedModelArtifact found, Path folder, Path scratch)
      throws IOException {
    ProfileBuilder builder =
        new ProfileBuilder(
            captures.name(), chosen, found.digest(), found.encoder(), found.baseline());
    List<String> sensitive = sensitive();
    if (!sensitive.isEmpty()) {
      builder.byGroup(sensitive, found.threshold());
    }
    SegmentCounting counting = new SegmentCounting(captures, builder, scratch);
    Profile profile = counting.count(captures.around(chosen));
    report(profile);
    ProfileArtifact.write(folder, profile, counting.digests());
    return ProfileArtifact.computation(
        dataset.spec(), profile, found, sensitive, counting.digests(), code());
  }

  private List<String> sensitive() {
    return dataset.spec().columns().stream()
        .filter(column -> column.sensitive() == Column.Sensitive.REPORT)
        .map(Column::name)
        .toList();
  }

  private static void report(Profile profile) {
    Traffic traffic = profile.traffic();
    LOG.info(
        "{}: {} of {} answered rows captured, in {} segments; {} answered by the model, {} rejected",
        profile.window(),
        profile.rows(),
        traffic.answered(),
        traffic.segments(),
        profile.scored(),
        traffic.rejectedRows());
    if (profile.rows() == 0) {
      LOG.warn("no rows were captured in {}", profile.window());
    }
    if (traffic.dropped() > 0) {
      LOG.warn("{} rows were dropped by the servers", traffic.dropped());
    }
    if (traffic.duplicates() > 0) {
      LOG.info("{} rows were delivered more than once", traffic.duplicates());
    }
    if (traffic.skewed() > 0) {
      LOG.warn(
          "{} rows have a time outside their segment's hour: a server's clock was set",
          traffic.skewed());
    }
  }
}
