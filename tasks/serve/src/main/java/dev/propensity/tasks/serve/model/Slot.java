package dev.propensity.tasks.serve.model;

import dev.propensity.tasks.serve.http.Problem;

/** Holds the state that requests read; only one thread at a time sets it. */
public final class Slot {
  private volatile State state;

  public Slot(State state) {
    this.state = state;
  }

  public State get() {
    return state;
  }

  public void set(State state) {
    this.state = state;
  }

  /**
   * The state with a model in it.
   *
   * @throws Problem if there is none yet
   */
  public State ready() {
    State now = state;
    if (now.served() == null) {
      throw new Problem(503, now.waiting());
    }
    return now;
  }
}
