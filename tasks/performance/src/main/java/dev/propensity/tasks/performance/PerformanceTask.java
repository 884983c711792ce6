package dev.propensity.tasks.performance;

import dev.propensity.artifacts.AnsweringModels;
import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.artifacts.PerformanceArtifact;
import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.artifacts.RequestCaptures.RequestFile;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.artifacts.mlflow.PerformanceMlflowRun;
import dev.propensity.dataset.request.RequestReader;
import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.performance.JoinedIdentifiers;
import dev.propensity.monitoring.performance.OutcomeJoin;
import dev.propensity.monitoring.performance.Performance;
import dev.propensity.monitoring.performance.PerformanceBuilder;
import dev.propensity.monitoring.performance.PerformanceBuilder.LiveModel;
import dev.propensity.monitoring.performance.ScoredWindow;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.monitoring.sagemaker.AnsweringModel;
import dev.propensity.monitoring.sagemaker.EventSegments;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.NameOption;
import dev.propensity.task.Outcome;
import dev.propensity.task.SourceStep;
import dev.propensity.task.SourceTask;
import dev.propensity.task.Task;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures a model by the outcomes of the customers that it scored in a window. */
@Command(
    name = PerformanceArtifact.PRODUCER,
    description = {
      "Joins the scores of a window with the outcomes of their customers: captured rows of"
          + " endpoints, and predictions that were made in it. Measures the model, the profit, and"
          + " what contacts add. Late outcomes make another artifact."
    })
public final class PerformanceTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(PerformanceTask.class);

  @Mixin private DatasetOption dataset;

  @Mixin private NameOption name;

  @Mixin private WindowOption window;

  @Mixin private ModelOption model;

  public static void main(String... arguments) {
    Task.main(new PerformanceTask(), arguments);
  }

  @Override
  protected SourceStep prepare() {
    DatasetSpec spec = dataset.spec();
    OutcomeRule rule = spec.outcomes();
    if (rule == null) {
      throw new UserException(
          dataset.where() + " has no section outcomes: add outcomes: {horizon_days: 30}");
    }
    String named = name.of(spec);
    TimeWindow chosen = window.window(rule.horizonDays());
    Instant now = window.now();
    ArtifactStore store = environment().store();
    Optional<ModelOption.Chosen> live = model.find(store, named, chosen);
    if (live.isEmpty()) {
      String reason = "%s had no champion at the end of the window %s".formatted(named, chosen);
      return SourceStep.validateOnly(scratch -> Outcome.skipped(store.root(), reason));
    }
    ModelOption.Chosen found = live.get();
    found.model().requireOf(spec);
    return SourceStep.of(
        (folder, scratch) ->
            compute(rule, new Outcomes(store, named), found, chosen, now, folder, scratch),
        files -> publish(found, chosen, new PerformanceArtifact(files)));
  }

  private Computation compute(
      OutcomeRule rule,
      Outcomes outcomes,
      ModelOption.Chosen chosen,
      TimeWindow when,
      Instant now,
      Path folder,
      Path scratch)
      throws IOException {
    ArtifactStore store = outcomes.store();
    TrainedModelArtifact trained = chosen.model();
    ScoredWindow scored = new ScoredWindow(when);
    JoinedIdentifiers identifiers =
        new JoinedIdentifiers(environment().get(IdentifierKey.VARIABLE));
    WindowScores scores = new WindowScores(store, outcomes.name(), trained, scored, identifiers);
    scores.readSegments(scratch);
    List<RequestFile> requests = new RequestCaptures(store, outcomes.name()).around(when);
    if (!requests.isEmpty()) {
      scores.readRequests(requests, events(outcomes.name(), trained), scratch);
    }
    scores.readPredictions(scratch);
    OutcomeJoin join = new OutcomeJoin(scored, identifiers, rule.horizonDays());
    PerformanceArtifact.Sources sources =
        new PerformanceArtifact.Sources(
            scores.segments(),
            scores.predictions(),
            new WindowOutcomes(outcomes, join).join(when.from(), now, scratch));
    identifiers.requireJoinable();
    Optional<EvaluationArtifact> evaluation = chosen.evaluation(store);
    Model loaded = trained.load();
    LiveModel live =
        new LiveModel(
            outcomes.name(),
            trained.digest(),
            loaded.threshold(),
            loaded.calibrationLine(),
            ModelOption.Chosen.testAuc(evaluation));
    DatasetSpec spec = dataset.spec();
    Performance performance =
        new PerformanceBuilder(spec, rule, live).build(join, scores.damaged());
    PerformanceArtifact.write(
        folder, performance, sources, new PerformancePage(spec, performance).html());
    return PerformanceArtifact.computation(spec, performance, trained, evaluation, sources, code());
  }

  private EventSegments events(String named, TrainedModelArtifact trained) throws IOException {
    CaptureRule rule = dataset.spec().capture();
    if (rule != null) {
      RequestCaptures.requireWholeRequests(rule, dataset.where());
    }
    return new EventSegments(
        named,
        rule == null ? CapturedIdentifier.NONE : rule.identifier(),
        new AnsweringModels(environment().store(), named),
        new AnsweringModel(trained.digest(), null, new RequestReader(trained.encoder())));
  }

  private Map<String, ?> publish(
      ModelOption.Chosen chosen, TimeWindow when, PerformanceArtifact artifact) throws IOException {
    Performance performance = artifact.performance();
    LOG.info("{}: {}", when, performance.summary());
    performance.reasons().forEach(reason -> LOG.info("{}", reason));
    performance.warnings().forEach(warning -> LOG.warn("{}", warning));
    Map<String, Object> details = new TreeMap<>();
    details.put("verdict", performance.verdict().text());
    details.put("window", performance.window());
    details.put("reasons", performance.reasons());
    try (Tracking tracking = Tracking.connect(environment()::get).orElse(null)) {
      if (tracking != null && chosen.release() != null) {
        PerformanceMlflowRun run =
            new PerformanceMlflowRun(tracking, chosen.model(), chosen.release().version());
        details.putAll(run.log(artifact, when));
      }
    }
    return details;
  }
}
