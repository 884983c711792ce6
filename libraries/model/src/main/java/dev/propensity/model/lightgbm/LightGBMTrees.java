package dev.propensity.model.lightgbm;

import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a LightGBM model, read from its text: lines of {@code key=value}, a block for the
 * whole and one a tree.
 *
 * @param features the model's number of features
 */
record LightGBMTrees(int features, List<LightGBMTree> trees) {
  private static final String OBJECTIVE = "binary sigmoid:1";
  private static final String FORMAT = "v4"; // the file has no version but this

  /**
   * Reads a model.
   *
   * @throws UserException if it is not a model of one binary label, or in another format
   */
  static LightGBMTrees read(String text) {
    try {
      List<Map<String, String>> blocks = blocks(text);
      Map<String, String> model = blocks.get(0);
      if (!text.contains("\nend of trees\n")) {
        throw new IllegalArgumentException("it is cut off");
      }
      requireThisFormat(model.get("version"));
      if (!OBJECTIVE.equals(model.get("objective"))) {
        throw new IllegalArgumentException("it is of another objective");
      }
      int features = Integer.parseInt(model.get("max_feature_idx")) + 1;
      List<LightGBMTree> trees = new ArrayList<>();
      for (Map<String, String> block : blocks.subList(1, blocks.size())) {
        trees.add(LightGBMTree.read(block, features));
      }
      return new LightGBMTrees(features, trees);
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
      throw new UserException("the LightGBM model is damaged: " + e.getMessage(), e);
    }
  }

  private static void requireThisFormat(@Nullable String format) {
    if (!FORMAT.equals(format)) {
      throw new UserException(
          "the LightGBM model has the format "
              + format
              + "; only "
              + FORMAT
              + ", of LightGBM "
              + LightGBMTrainer.VERSION
              + ", is read here: train it again");
    }
  }

  private static List<Map<String, String>> blocks(String text) {
    List<Map<String, String>> blocks = new ArrayList<>(List.of(new HashMap<>()));
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.equals("end of trees")) {
        break;
      }
      if (line.startsWith("Tree=")) {
        blocks.add(new HashMap<>());
      }
      int equals = line.indexOf('=');
      if (equals > 0) {
        blocks.get(blocks.size() - 1).put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return blocks;
  }

  /** The total gain of each feature's splits, as a share of the total; unused features have 0. */
  SortedMap<String, Double> importance(List<String> names) {
    double[] gains = new double[features];
    double total = 0;
    for (LightGBMTree tree : trees) {
      for (int node = 0; node < tree.gains().length; node++) {
        gains[tree.features()[node]] += tree.gains()[node];
        total += tree.gains()[node];
      }
    }
    SortedMap<String, Double> importance = new TreeMap<>();
    for (int f = 0; f < gains.length; f++) {
      importance.put(names.get(f), total == 0 ? 0 : gains[f] / total);
    }
    return importance;
  }
}
