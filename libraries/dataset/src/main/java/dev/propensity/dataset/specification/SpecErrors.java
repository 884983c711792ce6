package dev.propensity.dataset.specification;

import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects the errors in a specification, so that all are reported together. */
final class SpecErrors {
  private record SpecError(int line, String text) {}

  private final String where;
  private final List<SpecError> all = new ArrayList<>();

  SpecErrors(String where) {
    this.where = where;
  }

  void add(@Nullable Node node, String text) {
    add(line(node), text);
  }

  void add(int line, String text) {
    all.add(new SpecError(line, text));
  }

  /** The line on which this node begins, from 1. */
  static int line(@Nullable Node node) {
    return node == null ? 1 : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /**
   * Throws if there are errors.
   *
   * @throws UserException that lists them by line
   */
  void throwIfAny() {
    if (all.isEmpty()) {
      return;
    }
    List<String> lines =
        all.stream()
            .sorted(Comparator.comparingInt(SpecError::line))
            .map(error -> where + ", line " + error.line() + ": " + error.text())
            .distinct()
            .toList();
    throw new UserException(String.join("\n", lines));
  }
}
