package dev.propensity.model;

import dev.propensity.dataset.features.FeatureTable;
import java.util.List;
import java.util.Random;

/** Rows with numbers, categories of few and of many codes, and missing values. */
public final class FeatureTables {
  public static final List<String> NAMES = List.of("age", "colour", "region", "premium");
  public static final String[] TYPES = {"q", "c", "c", "q"};
  static final int COLORS = 3;
  static final int REGIONS = 70;

  private FeatureTables() {}

  /** A table whose label depends on all four columns; one value in twenty is missing. */
  public static FeatureTable table(int rows, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * 4];
    byte[] labels = new byte[rows];
    String[] identifiers = new String[rows];
    for (int row = 0; row < rows; row++) {
      int age = 18 + random.nextInt(60);
      int color = random.nextInt(COLORS);
      int region = random.nextInt(REGIONS);
      float premium = (float) Math.exp(8 + random.nextGaussian());
      double margin =
          -3 + 0.04 * age + (color == 1 ? 1 : 0) + (region * 7 % 11) * 0.1 - 1e-4 * premium;
      labels[row] = (byte) (random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0);
      float[] cells = {age, color, region, premium};
      for (int column = 0; column < 4; column++) {
        values[row * 4 + column] = random.nextInt(20) == 0 ? Float.NaN : cells[column];
      }
      identifiers[row] = "row" + row;
    }
    return new FeatureTable(NAMES, identifiers, labels, values);
  }

  /** Values for scoring only: codes beyond those seen, below zero and huge ones among them. */
  public static float[] strange(int rows, long seed) {
    Random random = new Random(seed);
    float[] values = table(rows, seed).values();
    float[] codes = {-1, 2.5f, REGIONS, REGIONS + 50, 1e6f, 16_777_215, 16_777_216, 1e30f};
    for (int row = 0; row < rows; row++) {
      values[row * 4 + 1 + random.nextInt(2)] = codes[random.nextInt(codes.length)];
    }
    return values;
  }
}
