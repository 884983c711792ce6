package dev.propensity.dataset.specification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column as the specification describes it.
 *
 * @param description a readable description
 * @param values the allowed values: all of a boolean's (false, true) and an ordinal's (ascending),
 *     those of a closed category, none for an open one or a number
 * @param minimum the smallest allowed number; null where there is no bound
 * @param maximum the largest allowed number; null where there is no bound
 * @param date how dates are read; null for other kinds
 * @param missing whether a missing value is allowed
 * @param missingValues words that mean a missing value, beside the empty cell
 * @param sensitive how it is treated as a sensitive attribute
 * @param feature whether it is a feature of the model, which an excluded one never is
 * @param leakCheck whether a model is not released automatically if the column alone predicts the
 *     label
 */
public record Column(
    String name,
    ColumnKind kind,
    String description,
    List<String> values,
    @Nullable Double minimum,
    @Nullable Double maximum,
    @Nullable DateRule date,
    boolean missing,
    List<String> missingValues,
    Sensitive sensitive,
    boolean feature,
    boolean leakCheck) {

  /** How a column with a sensitive attribute is treated. */
  public enum Sensitive {
    /** Like any other column. */
    NO,
    /** It is a feature, and every evaluation reports each of its groups. */
    REPORT,
    /** It is not a feature, and every evaluation reports each of its groups. */
    EXCLUDE
  }

  public Column {
    feature &= sensitive != Sensitive.EXCLUDE;
  }

  /**
   * A column that is checked for leaks and holds no dates, for which only the empty cell is a
   * missing value.
   */
  public Column(
      String name,
      ColumnKind kind,
      String description,
      List<String> values,
      Double minimum,
      Double maximum,
      boolean missing,
      Sensitive sensitive) {
    this(
        name,
        kind,
        description,
        values,
        minimum,
        maximum,
        null,
        missing,
        List.of(),
        sensitive,
        true,
        true);
  }

  /** The same column under another name. */
  Column named(String other) {
    return new Column(
        other,
        kind,
        description,
        values,
        minimum,
        maximum,
        date,
        missing,
        missingValues,
        sensitive,
        feature,
        leakCheck);
  }

  /** The parts of dates that are features; none for other kinds. */
  public List<DatePart> parts() {
    return date == null ? List.of() : date.parts();
  }
}
