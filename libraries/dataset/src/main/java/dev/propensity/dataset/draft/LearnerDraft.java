package dev.propensity.dataset.draft;

import java.util.List;

/**
 * The learner of a draft.
 *
 * @param name the learner's
 * @param parameters those that differ from its defaults, as JSON; empty where none do
 * @param notes why it is this one, a line each
 */
public record LearnerDraft(String name, String parameters, List<String> notes) {
  /** The default learner. */
  public static final LearnerDraft DEFAULT =
      new LearnerDraft(
          "xgboost",
          "",
          List.of(
              "The default. To compare all learners first: delete this file, then make init with"
                  + " COMPARE=1."));
}
