package dev.propensity.tasks.serve.capture;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.table.ColumnName;
import dev.propensity.tasks.serve.model.ServedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which columns of a model's rows are captured: none where an excluded name is no column of the
 * model, since it may be a misspelled one.
 *
 * @param served the model
 * @param identifier how identifiers are captured
 * @param names of the captured columns
 * @param places by the encoder's column, its place among the captured ones; -1 where it is excluded
 * @param unknown the excluded names that the model has no column of
 */
record CapturedColumns(
    ServedModel served,
    CapturedIdentifier identifier,
    List<String> names,
    int[] places,
    List<String> unknown) {

  static CapturedColumns of(ServedModel served, CaptureRule rule) {
    Encoder encoder = served.model().encoder();
    Set<String> excluded = rule.exclude().stream().map(ColumnName::of).collect(Collectors.toSet());
    List<String> names = new ArrayList<>();
    int[] places = new int[encoder.columns().size()];
    for (int i = 0; i < places.length; i++) {
      String name = encoder.columns().get(i).column().name();
      boolean captured = !excluded.contains(ColumnName.of(name));
      places[i] = captured ? names.size() : -1;
      if (captured) {
        names.add(name);
      }
    }
    boolean anonymous = excluded.contains(ColumnName.of(encoder.identifier()));
    List<String> unknown =
        rule.exclude().stream()
            .filter(name -> encoder.find(name) < 0)
            .filter(name -> !ColumnName.same(name, encoder.identifier()))
            .filter(name -> !ColumnName.same(name, encoder.label().column()))
            .toList();
    if (!unknown.isEmpty()) {
      Arrays.fill(places, -1);
      return new CapturedColumns(served, CapturedIdentifier.NONE, List.of(), places, unknown);
    }
    return new CapturedColumns(
        served,
        anonymous ? CapturedIdentifier.NONE : rule.identifier(),
        List.copyOf(names),
        places,
        List.of());
  }

  /** Whether rows are captured. */
  boolean areCaptured() {
    return unknown.isEmpty();
  }

  boolean isIdentified() {
    return identifier != CapturedIdentifier.NONE;
  }

  /**
   * The name of a column in counts: the caller's own names, of which any number exist, are none.
   */
  String known(String column) {
    Encoder encoder = served.model().encoder();
    int feature = encoder.find(column);
    if (feature >= 0) {
      return encoder.columns().get(feature).column().name();
    }
    return ColumnName.same(column, encoder.identifier()) ? encoder.identifier() : "the row";
  }
}
