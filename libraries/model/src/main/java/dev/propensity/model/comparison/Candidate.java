package dev.propensity.model.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A learner with its parameters, fitted on each fold.
 *
 * @param name in the comparison: the learner's, with a number where there are several of it
 * @param parameters all of the learner's
 * @param rounds that the model of each fold keeps, from fold 1
 */
public record Candidate(String name, String learner, JsonNode parameters, List<Integer> rounds) {
  public Candidate {
    rounds = List.copyOf(rounds);
  }
}
