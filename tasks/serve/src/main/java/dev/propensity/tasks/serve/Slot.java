package dev.propensity.tasks.serve;

/** Holds the state that requests read; only one thread at a time sets it. */
final class Slot {
  private volatile State state;

  Slot(State state) {
    this.state = state;
  }

  State get() {
    return state;
  }

  void set(State state) {
    this.state = state;
  }

  /**
   * The state with a model in it.
   *
   * @throws Problem if there is none yet
   */
  State ready() {
    State now = state;
    if (now.served() == null) {
      throw new Problem(503, now.waiting());
    }
    return now;
  }
}
