package dev.propensity.model.logistic;

/**
 * Standardization of a number x and its square, by the rows where it is not missing: z = (x − mean)
 * · scale has mean 0 and mean square 1, (z² − 1) · squareScale too.
 *
 * @param scale 0 where all values are the same
 * @param squareScale 0 where all are equally far from the mean
 */
record Moments(double mean, double scale, double squareScale) {

  /** Of a column of {@code [rows][width]}, row-major. */
  static Moments of(float[] values, int column, int width) {
    double sum = 0;
    int count = 0;
    for (int at = column; at < values.length; at += width) {
      if (!Float.isNaN(values[at])) {
        sum += values[at];
        count++;
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    double squares = 0;
    for (int at = column; at < values.length; at += width) {
      if (!Float.isNaN(values[at])) {
        squares += (values[at] - mean) * (values[at] - mean);
      }
    }
    double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares / count);
    double fourths = 0;
    for (int at = column; at < values.length; at += width) {
      if (!Float.isNaN(values[at])) {
        double z = (values[at] - mean) * scale;
        fourths += (z * z - 1) * (z * z - 1);
      }
    }
    boolean flat = fourths <= count * 1e-12;
    return new Moments(mean, scale, flat ? 0 : 1 / Math.sqrt(fourths / count));
  }
}
