package dev.propensity.tasks.serve.http;

/** The attributes that a route sets in a request's context, for the log and the metrics. */
public final class Attributes {
  /** The number of scored rows: an Integer. */
  public static final String ROWS = "rows";

  /** The title of the model that scored. */
  public static final String MODEL = "model";

  /** The number of rejected rows: a Long. */
  public static final String REJECTED_ROWS = "rejected rows";

  /** Set if the request is for many rows at once and may wait for others of the kind. */
  public static final String LARGE = "large";

  private Attributes() {}
}
