package dev.propensity.tasks.serve.model;

import dev.propensity.tasks.serve.http.Problem;

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
   * The state with a model in it.
   *
   * @throws Problem if there is none yet
   */
  public ModelStatus ready() {
    ModelStatus now = state;
    if (now.served() == null) {
      throw new Problem(503, now.waiting());
    }
    return now;
  }
}
