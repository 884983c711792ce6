package dev.propensity.model;

import dev.propensity.foundation.Spelling;
import dev.propensity.foundation.UserException;
import dev.propensity.model.lightgbm.LightGBMTrainer;
import dev.propensity.model.logistic.LogisticTrainer;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.model.xgboost.RandomForestTrainer;
import dev.propensity.model.xgboost.XGBoostTrainer;
import java.util.List;

/** The learners by name. A new one is a class and a line here. */
public final class Trainers {
  private static final List<Trainer> ALL =
      List.of(
          new XGBoostTrainer(),
          new LightGBMTrainer(),
          new RandomForestTrainer(),
          new LogisticTrainer());

  private Trainers() {}

  /** All learners. */
  public static List<Trainer> all() {
    return ALL;
  }

  /**
   * The learner of this name.
   *
   * @throws UserException that lists the valid names
   */
  public static Trainer named(String name) {
    return ALL.stream()
        .filter(trainer -> trainer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "no learner '"
                        + name
                        + "'; "
                        + Spelling.helpAndAll(name, ALL.stream().map(Trainer::name).toList())));
  }
}
