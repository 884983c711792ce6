package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.DateParts;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.table.ColumnName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a table are read into features: the columns with their rules, and the {@link
 * RowPolicy}. Safe for many threads.
 */
public final class RowSchema {
  /** The identifier of a dataset whose tables have none: the row's number, from 1. */
  public static final String ROW_NUMBER = "row";

  private final RowPolicy policy;
  private final @Nullable DatasetSpec fitted; // whose encoders are fitted to the rows
  private final String identifier;
  private final DatasetSpec.Label label;
  private final @Nullable String decimal;
  private final int[] widths;
  private final List<DateParts> parts; // by encoder; empty where there is none
  private final Map<String, ColumnRules> columns; // by name as names are compared
  private final Supplier<List<CellReader>> readers; // by the rules' places
  private final Set<String> names;

  private RowSchema(
      RowPolicy policy,
      @Nullable DatasetSpec fitted,
      String identifier,
      DatasetSpec.Label label,
      @Nullable String decimal,
      int[] widths,
      List<DateParts> parts,
      Map<String, ColumnRules> columns,
      Supplier<List<CellReader>> readers) {
    this.policy = policy;
    this.fitted = fitted;
    this.identifier = identifier;
    this.label = label;
    this.decimal = decimal;
    this.widths = widths;
    this.parts = parts;
    this.columns = columns;
    this.readers = readers;
    this.names = new LinkedHashSet<>();
    if (isIdentified()) {
      names.add(ColumnName.of(identifier));
    }
    names.add(ColumnName.of(label.column()));
    names.addAll(columns.keySet());
    String split = splitColumn();
    if (split != null) {
      names.add(ColumnName.of(split));
    }
  }

  /** Rows from which encoders are fitted: all columns of the specification, in its order. */
  public static RowSchema fitting(DatasetSpec spec) {
    return of(
        RowPolicy.TRAINING,
        spec,
        spec.columns(),
        () -> spec.columns().stream().map(CellReader::building).toList());
  }

  private static RowSchema of(
      RowPolicy policy, DatasetSpec spec, List<Column> read, Supplier<List<CellReader>> readers) {
    Map<String, ColumnRules> columns = new LinkedHashMap<>();
    for (int i = 0; i < read.size(); i++) {
      String name = read.get(i).name();
      columns.put(
          ColumnName.of(name),
          new ColumnRules(
              name,
              List.of(new ColumnRules.FeatureRule(i, List.of(new ColumnRules.Target(0, i))))));
    }
    return new RowSchema(
        policy,
        policy == RowPolicy.TRAINING ? spec : null,
        spec.identifier(),
        spec.label(),
        spec.decimal(),
        new int[] {read.size()},
        List.of(),
        columns,
        readers);
  }

  /**
   * Rows that are only checked. Rows for training have all columns of the specification, and as
   * many different categories as can be fitted; rows to be scored have the columns that are
   * features, and any number of different categories.
   */
  public static RowSchema checking(DatasetSpec spec, RowPolicy policy) {
    if (policy == RowPolicy.TRAINING) {
      return fitting(spec);
    }
    List<Column> features = spec.columns().stream().filter(Column::feature).toList();
    List<CellReader> readers = features.stream().map(CellReader::checking).toList();
    return of(policy, spec, features, () -> readers);
  }

  /**
   * Rows to be scored by one or more encoders.
   *
   * @param encoders of the same identifier
   */
  public static RowSchema scoring(List<Encoder> encoders) {
    return of(RowPolicy.SCORING, encoders, encoders.get(0).decimal());
  }

  /**
   * Rows with their labels, to measure a model by, as {@link RawRecords} writes them: with decimal
   * points, also where the source table has decimal commas.
   */
  public static RowSchema labeled(Encoder encoder) {
    return of(RowPolicy.TRAINING, List.of(encoder), ".");
  }

  private static RowSchema of(RowPolicy policy, List<Encoder> encoders, @Nullable String decimal) {
    List<CellReader> readers = new ArrayList<>();
    Map<Encoder.Feature, ColumnRules.FeatureRule> rules = new HashMap<>();
    Map<String, ColumnRules> columns = new LinkedHashMap<>();
    for (int e = 0; e < encoders.size(); e++) {
      for (int f = 0; f < encoders.get(e).columns().size(); f++) {
        Encoder.Feature feature = encoders.get(e).columns().get(f);
        String name = feature.column().name();
        ColumnRules column =
            columns.computeIfAbsent(
                ColumnName.of(name), key -> new ColumnRules(name, new ArrayList<>()));
        ColumnRules.FeatureRule rule = rules.get(feature);
        if (rule == null) {
          rule = new ColumnRules.FeatureRule(readers.size(), new ArrayList<>());
          readers.add(encoders.get(e).reader(f));
          rules.put(feature, rule);
          column.rules().add(rule);
        }
        rule.targets().add(new ColumnRules.Target(e, f));
      }
    }
    Encoder first = encoders.get(0);
    return new RowSchema(
        policy,
        null,
        first.identifier(),
        first.label(),
        decimal,
        encoders.stream().mapToInt(encoder -> encoder.features().size()).toArray(),
        encoders.stream().map(Encoder::parts).toList(),
        columns,
        () -> readers);
  }

  /**
   * The same schema, whose rows are identified by their number though the table has identifiers.
   */
  public RowSchema numbered() {
    return new RowSchema(
        policy, fitted, ROW_NUMBER, label, decimal, widths, parts, columns, readers);
  }

  /**
   * The same schema for a table whose decimal sign is known, regardless of the specification.
   *
   * @param sign "." or ","
   */
  public RowSchema withDecimal(String sign) {
    return new RowSchema(policy, fitted, identifier, label, sign, widths, parts, columns, readers);
  }

  public RowPolicy policy() {
    return policy;
  }

  String identifier() {
    return identifier;
  }

  DatasetSpec.Label label() {
    return label;
  }

  @Nullable String decimal() {
    return decimal;
  }

  /** Whether rows have an identifier of their own; else it is their number. */
  boolean isIdentified() {
    return !identifier.equals(ROW_NUMBER);
  }

  /** Whether encoders are fitted to the rows. */
  boolean isFitting() {
    return fitted != null;
  }

  /** The specification whose encoders are fitted to the rows; null where none are. */
  @Nullable DatasetSpec fitted() {
    return fitted;
  }

  /** The column that decides the rows' split, which may be a feature; null where none is read. */
  @Nullable String splitColumn() {
    return fitted == null ? null : fitted.split().column();
  }

  /** By encoder, how many features a row has. */
  int[] widths() {
    return widths;
  }

  /** By encoder, the features that follow from others; empty where there is no encoder. */
  List<DateParts> parts() {
    return parts;
  }

  /** The readers of cells, by the rules' places; new ones where they collect values. */
  List<CellReader> readers() {
    return readers.get();
  }

  /** The columns' names, by which a header is known; as names are compared. */
  public Set<String> names() {
    return names;
  }

  /** The columns that a table without a header has, in their order. */
  public List<String> modelOrder() {
    return columns.values().stream().map(ColumnRules::name).toList();
  }

  /** The columns that are read, in the order of their roles. */
  List<ColumnRules> columns() {
    return List.copyOf(columns.values());
  }
}
