package dev.propensity.model.metric;

/** The small table of the hand-calculated metrics. */
final class Rows {
  /**
   * Six rows, three positive, two of them of equal score and different label.
   *
   * <pre>
   * score  .9  .8  .7  .5  .5  .2
   * label   1   0   1   1   0   0
   * </pre>
   */
  static final ScoredRows SIX = of("101100", .9, .8, .7, .5, .5, .2);

  private Rows() {}

  /**
   * @param labels a digit each
   */
  static ScoredRows of(String labels, double... scores) {
    byte[] bytes = new byte[labels.length()];
    float[] floats = new float[scores.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (labels.charAt(i) - '0');
      floats[i] = (float) scores[i];
    }
    return ScoredRows.of("the test split", bytes, floats);
  }
}
