package dev.propensity.tasks.serve.http;

/** What a request's route keeps in its context, for the log and the metrics. */
public final class Attributes {
  /** How many rows it scored: an Integer. */
  public static final String ROWS = "rows";

  /** The model that answered: its title. */
  public static final String MODEL = "model";

  private Attributes() {}
}
