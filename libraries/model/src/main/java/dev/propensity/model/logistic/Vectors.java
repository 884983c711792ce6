package dev.propensity.model.logistic;

/** Arithmetic of vectors, in the order of their entries. */
final class Vectors {
  private Vectors() {}

  /** The scalar product. */
  static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Entry by entry a / b. */
  static double[] divided(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = a[i] / b[i];
    }
    return result;
  }
}
