package dev.propensity.tasks.serve.rows;

import dev.propensity.tasks.serve.http.Problem;
import io.javalin.http.Context;

/**
 * The query parameter {@code comparison=training}: the response also has how the rows differ from
 * the model's training rows.
 */
public final class ComparisonParameter {
  private static final String NAME = "comparison";
  private static final String TRAINING = "training";

  private ComparisonParameter() {}

  /**
   * Whether the request asks for the comparison.
   *
   * @throws Problem with 422 for another value
   */
  public static boolean isTraining(Context context) {
    String value = context.queryParam(NAME);
    if (value != null && !value.equals(TRAINING)) {
      throw new Problem(422, "the parameter 'comparison' can only be 'training'");
    }
    return value != null;
  }
}
