package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Whether the model is fitted again on train and validation rows, for the rounds found by early
 * stopping: the parameter {@code refit} of a learner.
 */
public final class Refit {
  /** The parameter's name. */
  public static final String PARAMETER = "refit";

  /** With more train and validation rows, {@code auto} is {@code false}; see docs/models.md. */
  static final int MAX_ROWS = 20_000;

  private static final String AUTO = "auto";

  private Refit() {}

  static Parameter parameter() {
    return Parameter.choice(
        PARAMETER,
        List.of(AUTO, "true", "false"),
        "whether to train again on train and validation rows; auto: up to %,d rows"
            .formatted(MAX_ROWS));
  }

  /**
   * Whether these parameters of a learner set it; not in those of versions without refit.
   *
   * @param parameters as {@link Trainer#parameters} returns them
   * @param rows the number of train and validation rows
   * @param canCalibrate whether they are enough to calibrate a model of all of them
   */
  public static boolean isOn(JsonNode parameters, int rows, boolean canCalibrate) {
    String word = parameters.path(PARAMETER).asText("false");
    return word.equals(AUTO) ? rows <= MAX_ROWS && canCalibrate : word.equals("true");
  }
}
