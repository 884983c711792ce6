package dev.propensity.tasks.collect;

import dev.propensity.artifacts.AnsweringModels;
import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.artifacts.RequestCaptures.RequestFile;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.request.RequestReader;
import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.ProfileBuilder;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.monitoring.profile.Traffic;
import dev.propensity.monitoring.sagemaker.AnsweringModel;
import dev.propensity.monitoring.sagemaker.EventSegments;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.NameOption;
import dev.propensity.task.SourceStep;
import dev.propensity.task.SourceTask;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private NameOption name;

  @Mixin private WindowOption window;

  @Mixin private ModelOption model;

  public static void main(String... arguments) {
    Task.main(new CollectTask(), arguments);
  }

  @Override
  protected SourceStep prepare() {
    DatasetSpec spec = dataset.spec();
    String named = name.of(spec);
    TimeWindow chosen = window.window(spec.monitor().window(), Instant.now());
    ArtifactStore store = environment().store();
    TrainedModelArtifact found = model.find(store, named, chosen);
    found.requireOf(spec);
    List<RequestFile> requests = requests(spec, new RequestCaptures(store, named).around(chosen));
    return SourceStep.of(
        (folder, scratch) ->
            collect(new Captures(store, named), requests, chosen, found, folder, scratch));
  }

  /** The files, unless the specification rules out what they have. */
  private List<RequestFile> requests(DatasetSpec spec, List<RequestFile> files) {
    if (spec.capture() != null && !files.isEmpty()) {
      RequestCaptures.requireWholeRequests(spec.capture(), dataset.where());
    }
    return files;
  }

  private Computation collect(
      Captures captures,
      List<RequestFile> requests,
      TimeWindow chosen,
      TrainedModelArtifact found,
      Path folder,
      Path scratch)
      throws IOException {
    ProfileBuilder builder =
        new ProfileBuilder(
            captures.name(), chosen, found.digest(), found.encoder(), found.baseline());
    List<String> sensitive = sensitive();
    if (!sensitive.isEmpty()) {
      builder.byGroup(sensitive, found.threshold());
    }
    SortedMap<String, Digest> digests = new TreeMap<>();
    new SegmentCounting(captures, builder, digests).count(captures.around(chosen));
    if (!requests.isEmpty()) {
      new RequestCounting(
              captures.store().objects(), events(captures, found), builder, digests, scratch)
          .count(requests);
    }
    Profile profile = builder.build();
    report(profile);
    ProfileArtifact.write(folder, profile, digests);
    return ProfileArtifact.computation(dataset.spec(), profile, found, sensitive, digests, code());
  }

  private List<String> sensitive() {
    return dataset.spec().columns().stream()
        .filter(column -> column.sensitive() == Column.Sensitive.REPORT)
        .map(Column::name)
        .toList();
  }

  private EventSegments events(Captures captures, TrainedModelArtifact found) throws IOException {
    CaptureRule rule = dataset.spec().capture();
    return new EventSegments(
        captures.name(),
        rule == null ? CapturedIdentifier.NONE : rule.identifier(),
        new AnsweringModels(captures.store(), captures.name()),
        new AnsweringModel(found.digest(), null, new RequestReader(found.encoder())));
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
