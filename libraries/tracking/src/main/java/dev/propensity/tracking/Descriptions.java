package dev.propensity.tracking;

/** Words that stand in MLflow wherever a reader might take synthetic rows for real. */
public final class Descriptions {
  /** What must be said of everything that descends from synthetic rows. */
  public static final String MADE_UP =
      "Synthetic rows: this was trained on rows generated from the dataset's specification, not"
          + " on real customers. Its figures say nothing about the world.";

  private Descriptions() {}
}
