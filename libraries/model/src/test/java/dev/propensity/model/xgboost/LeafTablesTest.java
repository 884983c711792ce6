package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.FeatureTables;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeafTablesTest {
  private static final FeatureTable TRAIN = FeatureTables.table(6000, 1);
  private static final FeatureTable VALIDATION = FeatureTables.table(2000, 2);

  @Test
  void scoresManyRowsAsOneByOneToTheBit() throws Exception {
    for (String parameters :
        new String[] {"{}", "{\"max_depth\": 1}", "{\"max_cat_to_onehot\": 100}"}) {
      XGBoostTrees trees = trees(parameters);
      assertThat(LeafTables.of(trees)).isPresent();
      assertManyAreAsOneByOne(trees, FeatureTables.strange(5000, 3));
      assertManyAreAsOneByOne(trees, thresholds(trees));
    }
  }

  @Test
  void leavesTreesOfManyLeavesToTheWalk() throws Exception {
    XGBoostTrees trees = trees("{\"max_depth\": 9, \"min_child_weight\": 0.1}");
    assertThat(LeafTables.of(trees)).isEmpty();
    assertManyAreAsOneByOne(trees, FeatureTables.strange(1000, 3));
  }

  /** Two of the synthetic features are numbers; stumps of the others are walked. */
  @Test
  void addsStumpsAsTheWalkDoes() throws Exception {
    XGBoostTrees trees = trees("{\"max_depth\": 1}");
    assertThat(trees.trees().stream().map(Stump::of)).anyMatch(Objects::nonNull);
    assertThat(trees.trees().stream().filter(tree -> Stump.of(tree) == null))
        .allMatch(tree -> tree.nodes() != 3 || tree.codes()[0] != null);
    float[] edges = thresholds(trees);
    int few = 100 * trees.features().size();
    for (int from = 0; from + few <= edges.length; from += few) {
      assertManyAreAsOneByOne(trees, Arrays.copyOfRange(edges, from, from + few));
    }
    assertManyAreAsOneByOne(trees, FeatureTables.strange(100, 3));
  }

  private static void assertManyAreAsOneByOne(XGBoostTrees trees, float[] values) {
    XGBoostScorer scorer = new XGBoostScorer(trees);
    int width = trees.features().size();
    float[] one = new float[values.length / width];
    for (int row = 0; row < one.length; row++) {
      one[row] = scorer.score(values, row * width);
    }
    assertThat(scorer.scores(values, one.length)).isEqualTo(one);
  }

  /** Rows with values on either side of every threshold. */
  private static float[] thresholds(XGBoostTrees trees) {
    int width = trees.features().size();
    float[] values = new float[0];
    for (XGBoostTree tree : trees.trees()) {
      for (int node = 0; node < tree.nodes(); node++) {
        float threshold = tree.conditions().floatAt(node);
        for (float value : new float[] {threshold, Math.nextDown(threshold), -threshold}) {
          values = Arrays.copyOf(values, values.length + width);
          Arrays.fill(values, values.length - width, values.length, value);
        }
      }
    }
    return values;
  }

  private static XGBoostTrees trees(String parameters) throws Exception {
    JsonNode all = new XGBoostTrainer().parameters(new ObjectMapper().readTree(parameters));
    return XGBoostTrees.read(
        XGBoostTrainer.train(FeatureTables.TYPES, TRAIN, VALIDATION, all, 2).bytes());
  }
}
