package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The learner and its parameters: from the specification, unless overridden by options. */
final class LearnerOption {
  /** The learners' names, for the help. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Trainers.all().stream().map(Trainer::name).iterator();
    }
  }

  private static final String NONE = "{}";

  @Option(
      names = "--learner",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "Learner: ${COMPLETION-CANDIDATES}; default: from the specification.")
  private String learner;

  @Option(
      names = "--parameters",
      defaultValue = NONE,
      paramLabel = "JSON",
      description =
          "The learner's parameters as a JSON object, such as '{\"eta\": 0.1}'. They override"
              + " those of the specification. For an unknown parameter, the error lists the"
              + " known ones.")
  private String parameters;

  /** Whether an option names a learner or parameters. */
  boolean isGiven() {
    return (learner != null && !learner.isEmpty()) || !parameters.equals(NONE);
  }

  /**
   * The learner: from the option, else from the specification.
   *
   * @throws UserException for an unknown one; lists the known ones
   */
  Trainer trainer(DatasetOption dataset) {
    if (learner != null && !learner.isEmpty()) {
      return Trainers.named(learner);
    }
    String specified = dataset.spec().learner();
    return inside(dataset, "learner", () -> Trainers.named(specified));
  }

  /**
   * All parameters of the learner: options override the specification, which overrides the
   * defaults.
   *
   * @throws UserException for one that is unknown or out of range
   */
  JsonNode parameters(DatasetOption dataset) {
    JsonNode json = json();
    if (!(json instanceof ObjectNode object)) {
      throw new UserException("--parameters must be a JSON object, not " + parameters);
    }
    return over(dataset, object);
  }

  /**
   * Checks learner and parameters; if the parameters are a list, each of its objects.
   *
   * @return as a reason: the learner with all its parameters, or the count of its settings
   * @throws UserException as {@link #trainer} and {@link #parameters}
   */
  Outcome check(DatasetOption dataset) {
    String name = trainer(dataset).name();
    if (!(json() instanceof ArrayNode list)) {
      return Outcome.unchanged(null, name + " with " + parameters(dataset));
    }
    for (JsonNode one : list) {
      if (!(one instanceof ObjectNode object)) {
        throw new UserException("--parameters must be a list of JSON objects, not of " + one);
      }
      over(dataset, object);
    }
    return Outcome.unchanged(null, name + " with " + list.size() + " settings");
  }

  private JsonNode over(DatasetOption dataset, ObjectNode requested) {
    Trainer trainer = trainer(dataset);
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    JsonNode specified = dataset.spec().parameters().get(trainer.name());
    if (specified instanceof ObjectNode object) {
      inside(dataset, "parameters", () -> trainer.parameters(object));
      given.setAll(object);
    }
    given.setAll(requested);
    return trainer.parameters(given);
  }

  private JsonNode json() {
    byte[] bytes = parameters.getBytes(StandardCharsets.UTF_8);
    return CanonicalJson.read(bytes, JsonNode.class, "--parameters");
  }

  /** Adds the specification's section to the error. */
  private static <T> T inside(DatasetOption dataset, String section, Supplier<T> read) {
    try {
      return read.get();
    } catch (UserException e) {
      throw new UserException(dataset.where() + ", " + section + ": " + e.getMessage(), e);
    }
  }
}
