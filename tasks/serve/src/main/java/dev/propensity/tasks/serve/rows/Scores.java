package dev.propensity.tasks.serve.rows;

import java.util.Arrays;

/** The scores of a request's rows, in their order. */
final class Scores {
  private String[] identifiers;
  private float[] scores;
  private int rows;

  Scores() {
    this(new String[8], new float[8], 0);
  }

  private Scores(String[] identifiers, float[] scores, int rows) {
    this.identifiers = identifiers;
    this.scores = scores;
    this.rows = rows;
  }

  /** Scores that are all there already. */
  static Scores of(String[] identifiers, float[] scores) {
    return new Scores(identifiers, scores, scores.length);
  }

  void add(String identifier, float score) {
    if (rows == scores.length) {
      identifiers = Arrays.copyOf(identifiers, rows * 2);
      scores = Arrays.copyOf(scores, rows * 2);
    }
    identifiers[rows] = identifier;
    scores[rows++] = score;
  }

  int rows() {
    return rows;
  }

  String identifier(int row) {
    return identifiers[row];
  }

  float score(int row) {
    return scores[row];
  }
}
