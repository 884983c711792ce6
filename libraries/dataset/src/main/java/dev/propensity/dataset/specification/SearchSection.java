package dev.propensity.dataset.specification;

import dev.propensity.table.Numbers;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Checks the section {@code search}: by learner and parameter, the range {@code [low, high]} of a
 * random search, or {@code {one_of: […]}}. Only the experiment's plan reads it.
 */
final class SearchSection {
  private static final String ONE_OF = "one_of";

  private SearchSection() {}

  static void check(YamlMapping learners) {
    for (String learner : learners.keys()) {
      YamlMapping parameters = learners.mapping(learner);
      for (String parameter : parameters.keys()) {
        check(parameters, parameter);
      }
    }
  }

  private static void check(YamlMapping parameters, String parameter) {
    if (parameters.node(parameter) instanceof MappingNode) {
      YamlMapping choice = parameters.mapping(parameter).only(ONE_OF);
      if (choice.items(ONE_OF).isEmpty()) {
        choice.addError(ONE_OF, "must list the values to choose from");
      }
      return;
    }
    List<Node> ends = parameters.items(parameter);
    if (ends.isEmpty()) {
      return;
    }
    double low = ends.size() == 2 ? number(ends.get(0)) : Double.NaN;
    double high = ends.size() == 2 ? number(ends.get(1)) : Double.NaN;
    if (!(low < high)) {
      parameters.addError(
          parameter, "must be [lowest, highest], two rising numbers, or {one_of: [...]}");
    }
  }

  private static double number(Node node) {
    return node instanceof ScalarNode scalar ? Numbers.parseOrNaN(scalar.getValue()) : Double.NaN;
  }
}
