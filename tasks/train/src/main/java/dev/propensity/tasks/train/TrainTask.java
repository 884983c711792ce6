package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.artifact.Artifact;
import dev.propensity.artifact.ArtifactStore;
import dev.propensity.artifact.Computation;
import dev.propensity.artifact.Input;
import dev.propensity.artifact.Origin;
import dev.propensity.artifact.S3Location;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.TrainedModel;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.task.WorkFolder;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns a model from features. */
@Command(name = "train", description = "Learns a model from features and logs it to MLflow.")
public final class TrainTask extends ComputationTask {
  private static final Logger LOG = LoggerFactory.getLogger(TrainTask.class);

  /** The sections of the specification that the model directory tells of. */
  private static final String[] SECTIONS = {
    "title", "identifier", "label", "features", "split", "offer"
  };

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--features",
      required = true,
      paramLabel = "URI",
      description = "The features to learn from: what preprocess wrote.")
  private String featuresUri;

  @Mixin private LearnerOption learner;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = "Threads to learn with, by default one a core. They never change a byte.")
  private Integer threads;

  private Artifact features;
  private Path made;
  private Map<String, Double> effort = Map.of();

  public static void main(String... arguments) {
    Task.main(new TrainTask(), arguments);
  }

  @Override
  protected Computation computation() {
    DatasetSpec spec = dataset.spec();
    SortedMap<String, JsonNode> parameters = new TreeMap<>();
    for (String section : SECTIONS) {
      parameters.put(section, spec.section(section));
    }
    parameters.put("learner", new TextNode(learner.trainer(spec).name()));
    parameters.put("parameters", learner.parameters(spec));
    features = features(spec);
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put("features", features.asInput());
    return new Computation(
        spec.name(), features.manifest().origin(), "train", code(), parameters, inputs);
  }

  private Artifact features(DatasetSpec spec) {
    Artifact found = surroundings().store().require(S3Location.parse(featuresUri), "preprocess");
    if (!found.manifest().dataset().equals(spec.name())) {
      throw new UserException(
          found.uri() + " belongs to " + found.manifest().dataset() + ", not to " + spec.name());
    }
    return found;
  }

  @Override
  protected void compute(Path folder) throws IOException {
    DatasetSpec spec = dataset.spec();
    JsonNode parameters = learner.parameters(spec);
    try (WorkFolder work = new WorkFolder()) {
      Features read = Features.fetch(surroundings().store(), features, work.path());
      LOG.info("learning from {} rows with {} threads", read.train().rows(), threads());
      Effort learning = Effort.begin();
      TrainedModel trained =
          learner
              .trainer(spec)
              .train(read.encoder(), read.train(), read.validation(), parameters, threads());
      effort = learning.metrics();
      boolean sample = features.manifest().origin() == Origin.SAMPLE;
      Map<String, Double> metrics =
          new ModelDirectory(spec, sample, learner.trainer(spec).name(), parameters)
              .write(folder, trained, read.encoder(), read.train(), read.validation());
      LOG.info(
          "kept {} rounds; AUC {} and log loss {} on {} validation rows",
          trained.rounds(),
          String.format(Locale.ROOT, "%.4f", metrics.get("auc")),
          String.format(Locale.ROOT, "%.4f", metrics.get("log_loss")),
          read.validation().rows());
    }
    made = folder;
  }

  @Override
  protected void announce(Artifact model) {
    Optional<Tracking> connected = Tracking.connect(surroundings()::get);
    if (connected.isEmpty()) {
      return;
    }
    try (Tracking tracking = connected.get()) {
      ArtifactStore store = surroundings().store();
      new ModelRun(tracking, model)
          .log(folder -> made != null ? made : store.fetch(model, folder), effort);
    }
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
