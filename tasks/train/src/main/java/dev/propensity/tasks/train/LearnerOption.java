package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Trainer;
import dev.propensity.model.Trainers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** Who learns and how: the specification's choice, or what the options put over it. */
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
      description =
          "Who learns: ${COMPLETION-CANDIDATES}. By default whom the specification names.")
  private String learner;

  @Option(
      names = "--parameters",
      defaultValue = NONE,
      paramLabel = "JSON",
      description =
          "The learner's parameters over those of the specification, as a JSON object such as"
              + " '{\"eta\": 0.1}'. One that the learner lacks is answered with those that it has.")
  private String parameters;

  /** Whether an option names a learner or parameters. */
  boolean isGiven() {
    return (learner != null && !learner.isEmpty()) || !parameters.equals(NONE);
  }

  Trainer trainer(DatasetSpec spec) {
    return Trainers.named(learner == null || learner.isEmpty() ? spec.learner() : learner);
  }

  /**
   * All parameters of the learner: the options' over the specification's over the defaults.
   *
   * @throws UserException for one that is unknown or out of range
   */
  JsonNode parameters(DatasetSpec spec) {
    Trainer trainer = trainer(spec);
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    JsonNode specified = spec.parameters().get(trainer.name());
    if (specified instanceof ObjectNode object) {
      given.setAll(object);
    }
    JsonNode json =
        CanonicalJson.read(
            parameters.getBytes(StandardCharsets.UTF_8), JsonNode.class, "--parameters");
    if (!(json instanceof ObjectNode object)) {
      throw new UserException("--parameters must be a JSON object, not " + parameters);
    }
    given.setAll(object);
    return trainer.parameters(given);
  }
}
