package dev.propensity.tracking;

/** Warnings in MLflow where synthetic data could be mistaken for real data. */
public final class Descriptions {
  /** The warning on everything computed from synthetic rows. */
  public static final String SYNTHETIC =
      "Synthetic rows: this was trained on rows generated from the dataset's specification, not"
          + " on real customers. Its metrics are not meaningful.";

  private Descriptions() {}
}
