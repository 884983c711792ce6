package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.ComparisonArtifact;
import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.ModelMlflowRun;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Trainer;
import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns a model from features. */
@Command(
    name = TrainedModelArtifact.PRODUCER,
    description = "Learns a model from features and logs it to MLflow.")
public final class TrainTask extends ComputationTask {
  @Mixin private DatasetOption dataset;

  @ArgGroup(multiplicity = "1")
  private Work work;

  @Mixin private LearnerOption learner;

  @Mixin private ComparisonOption comparison;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = "Threads to learn with, by default one a core. They never change a byte.")
  private Integer threads;

  /** What to do: to learn, or only to look. */
  private static final class Work {
    @Option(
        names = "--features",
        required = true,
        paramLabel = "URI",
        description = "The features to learn from: what preprocess wrote.")
    private String features;

    @Option(
        names = "--check",
        required = true,
        description =
            "Learn nothing, need no store: only say whether specification, learner and parameters"
                + " are right. --parameters may be a list of objects then.")
    private boolean check;
  }

  private Features features;
  private Trainer trainer;
  private JsonNode parameters;
  private ComparisonArtifact compared; // of a final model only
  private Comparison.Result candidate; // of that
  private Path made;
  private Map<String, Double> effort = Map.of();

  public static void main(String... arguments) {
    Task.main(new TrainTask(), arguments);
  }

  @Override
  protected Optional<Outcome> checked() {
    return work.check ? Optional.of(learner.check(dataset)) : Optional.empty();
  }

  @Override
  protected Computation computation() {
    DatasetSpec spec = dataset.spec();
    features = features(spec);
    if (comparison.uri().isPresent()) {
      compared = compared(comparison.uri().get());
      candidate = comparison.candidateOf(compared.comparison());
      trainer = Trainers.named(candidate.learner());
      parameters = trainer.parameters(candidate.parameters());
    } else {
      trainer = learner.trainer(dataset);
      parameters = learner.parameters(dataset);
    }
    Optional<Input> input = Optional.ofNullable(compared).map(ComparisonArtifact::asInput);
    return TrainedModelArtifact.computation(spec, features, input, trainer, parameters, code());
  }

  private ComparisonArtifact compared(String uri) {
    if (learner.isGiven()) {
      throw new UserException(
          "--comparison tells learner and parameters: leave out --learner and --parameters, and"
              + " name a --candidate");
    }
    return ComparisonArtifact.require(surroundings().store(), S3Location.parse(uri))
        .requireRowsOf(features);
  }

  private Features features(DatasetSpec spec) {
    S3Location uri = S3Location.parse(work.features);
    return Features.require(surroundings().store(), uri).requireOf(spec);
  }

  @Override
  protected void compute(Path folder) throws IOException {
    boolean sample = features.origin() == Origin.SAMPLE;
    Learning learning = new Learning(dataset.spec(), sample, trainer, parameters, threads());
    if (compared == null) {
      effort = learning.onTheSplit(features.trainingSplits(), folder);
    } else {
      ScoredRows outOfFold = compared.outOfFold(candidate);
      effort = learning.onAllRows(features.allRows(), candidate.rounds(), outOfFold, folder);
    }
    made = folder;
  }

  @Override
  protected void announce(Artifact model) {
    ArtifactStore store = surroundings().store();
    ArtifactFiles files = new ArtifactFiles(store, model, Optional.ofNullable(made));
    try (Tracking tracking = Tracking.connect(surroundings()::get).orElse(null)) {
      if (tracking != null) {
        new ModelMlflowRun(tracking, new TrainedModelArtifact(files)).log(effort);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
