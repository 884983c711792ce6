package dev.propensity.tasks.serve.model;

import dev.propensity.tasks.serve.http.Problem;
import java.util.Objects;

/** Holds the state that requests read; only one thread at a time sets it. */
public final class ModelHolder {
  private volatile ModelStatus state;

  public ModelHolder(ModelStatus state) {
    this.state = state;
  }

  public ModelStatus get() {
    return state;
  }

  public void set(ModelStatus state) {
    this.state = state;
  }

  /**
   * The model that is served.
   *
   * @throws Problem if there is none yet
   */
  public ServedModel served() {
    ModelStatus now = state;
    ServedModel served = now.served();
    if (served == null) {
      throw new Problem(503, Objects.requireNonNull(now.waiting(), "waiting for a model"));
    }
    return served;
  }
}
