package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.ComparisonArtifact;
import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.artifacts.mlflow.ModelMlflowRun;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.task.ComputationStep;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model on features. */
@Command(
    name = TrainedModelArtifact.PRODUCER,
    description = "Trains a model on features and logs it to MLflow.")
public final class TrainTask extends ComputationTask {
  @Mixin private DatasetOption dataset;

  @ArgGroup(multiplicity = "1")
  private ModeOptions work;

  @Mixin private LearnerOption learner;

  @Mixin private ComparisonOption comparison;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = "Number of threads (default: one per core). The output does not depend on it.")
  private Integer threads;

  /** The mode: train, or only check. */
  private static final class ModeOptions {
    @Option(
        names = "--features",
        required = true,
        paramLabel = "URI",
        description = "The features to train on: the output of preprocess.")
    private String features;

    @Option(
        names = "--check",
        required = true,
        description =
            "Only check the specification, learner and parameters: train nothing. No store is"
                + " needed, and --parameters may be a list of objects.")
    private boolean check;
  }

  public static void main(String... arguments) {
    Task.main(new TrainTask(), arguments);
  }

  @Override
  protected ComputationStep<?> prepare() {
    if (work.check) {
      return ComputationStep.validateOnly(learner.check(dataset));
    }
    DatasetSpec spec = dataset.spec();
    Features features = Features.require(environment().store(), S3Location.parse(work.features));
    features.requireOf(spec);
    return comparison.uri().isPresent()
        ? finalModel(spec, features, S3Location.parse(comparison.uri().get()))
        : model(spec, features);
  }

  private ComputationStep<?> model(DatasetSpec spec, Features features) {
    Trainer trainer = learner.trainer(dataset);
    JsonNode parameters = learner.parameters(dataset);
    ModelTraining learning = learning(features, trainer, parameters);
    return ComputationStep.of(
            TrainedModelArtifact.computation(
                spec, features, Optional.empty(), trainer, parameters, code()),
            folder ->
                features.isFold()
                    ? learning.onTheTrainRows(features.trainingSplits(), folder)
                    : learning.onTheSplit(features.trainingSplits(), folder),
            this::publish)
        .warning(files -> new TrainedModelArtifact(files).warning());
  }

  private ComputationStep<?> finalModel(DatasetSpec spec, Features features, S3Location uri) {
    if (learner.isGiven()) {
      throw new UserException(
          "--comparison sets learner and parameters: omit --learner and --parameters, and use"
              + " --candidate");
    }
    ComparisonArtifact compared =
        ComparisonArtifact.require(environment().store(), uri).requireRowsOf(features);
    Comparison.CandidateResult candidate = comparison.candidateOf(compared.comparison());
    Trainer trainer = Trainers.named(candidate.learner());
    JsonNode parameters = trainer.parameters(candidate.parameters());
    ModelTraining learning = learning(features, trainer, parameters);
    return ComputationStep.of(
            TrainedModelArtifact.computation(
                spec, features, Optional.of(compared.asInput()), trainer, parameters, code()),
            folder ->
                learning.onAllRows(features.allRows(), candidate, compared.outOfFold(), folder),
            this::publish)
        .warning(files -> new TrainedModelArtifact(files).warning());
  }

  private ModelTraining learning(Features features, Trainer trainer, JsonNode parameters) {
    boolean synthetic = features.origin() == Origin.SYNTHETIC;
    return new ModelTraining(
        dataset.spec(), synthetic, features.warnings(), trainer, parameters, threads());
  }

  private Map<String, String> publish(ArtifactFiles files, Optional<Map<String, Double>> cost)
      throws IOException {
    try (Tracking tracking = Tracking.connect(environment()::get).orElse(null)) {
      return tracking == null
          ? Map.of()
          : new ModelMlflowRun(tracking, new TrainedModelArtifact(files))
              .log(cost.orElse(Map.of()));
    }
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
