package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.encoder.LookAlikes;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Spelling;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a table are read into features: the columns with their rules, and the {@link
 * RowPolicy}. Safe for many threads.
 */
public final class RowSchema {
  /** The identifier of a dataset whose tables have none: the row's number, from 1. */
  public static final String ROW_NUMBER = "row";

  /** How many bytes an identifier may have. */
  static final int MAX_IDENTIFIER_LENGTH = 1024;

  /** A column that is not read. */
  static final int IGNORED = -1;

  /** The identifier's column. */
  static final int IDENTIFIER = -2;

  /** The label's column. */
  static final int LABEL = -3;

  private static final int SHOWN = 10;

  /** Where a reader's feature goes: the encoder's place, and the feature's in it. */
  record Target(int encoder, int feature) {}

  /** A distinct rule that reads a column's cells, and where the features go. */
  record FeatureRule(int place, List<Target> targets) {}

  /** A column that is read: by one rule, or by several where encoders differ. */
  record ColumnRules(String name, List<FeatureRule> rules) {}

  private final RowPolicy policy;
  private final boolean fitting;
  private final String identifier;
  private final DatasetSpec.Label label;
  private final @Nullable String decimal;
  private final int[] widths;
  private final Map<String, ColumnRules> columns; // by name as names are compared
  private final Supplier<List<CellReader>> readers; // by the rules' places
  private final Set<String> names;

  private RowSchema(
      RowPolicy policy,
      boolean fitting,
      String identifier,
      DatasetSpec.Label label,
      @Nullable String decimal,
      int[] widths,
      Map<String, ColumnRules> columns,
      Supplier<List<CellReader>> readers) {
    this.policy = policy;
    this.fitting = fitting;
    this.identifier = identifier;
    this.label = label;
    this.decimal = decimal;
    this.widths = widths;
    this.columns = columns;
    this.readers = readers;
    this.names = new LinkedHashSet<>();
    if (!identifier.equals(ROW_NUMBER)) {
      names.add(CsvReader.name(identifier));
    }
    names.add(CsvReader.name(label.column()));
    names.addAll(columns.keySet());
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
          CsvReader.name(name),
          new ColumnRules(name, List.of(new FeatureRule(i, List.of(new Target(0, i))))));
    }
    return new RowSchema(
        policy,
        policy == RowPolicy.TRAINING,
        spec.identifier(),
        spec.label(),
        spec.decimal(),
        new int[] {read.size()},
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
    List<Column> features =
        spec.columns().stream()
            .filter(column -> column.sensitive() != Column.Sensitive.EXCLUDE)
            .toList();
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
    Map<Encoder.Feature, FeatureRule> rules = new HashMap<>();
    Map<String, ColumnRules> columns = new LinkedHashMap<>();
    for (int e = 0; e < encoders.size(); e++) {
      for (int f = 0; f < encoders.get(e).features().size(); f++) {
        Encoder.Feature feature = encoders.get(e).features().get(f);
        String name = feature.column().name();
        ColumnRules column =
            columns.computeIfAbsent(
                CsvReader.name(name), key -> new ColumnRules(name, new ArrayList<>()));
        FeatureRule rule = rules.get(feature);
        if (rule == null) {
          rule = new FeatureRule(readers.size(), new ArrayList<>());
          readers.add(encoders.get(e).reader(f));
          rules.put(feature, rule);
          column.rules().add(rule);
        }
        rule.targets().add(new Target(e, f));
      }
    }
    Encoder first = encoders.get(0);
    return new RowSchema(
        policy,
        false,
        first.identifier(),
        first.label(),
        decimal,
        encoders.stream().mapToInt(encoder -> encoder.features().size()).toArray(),
        columns,
        () -> readers);
  }

  /**
   * The same schema, whose rows are identified by their number though the table has identifiers.
   */
  public RowSchema numbered() {
    return new RowSchema(policy, fitting, ROW_NUMBER, label, decimal, widths, columns, readers);
  }

  /**
   * The same schema for a table whose decimal sign is known, regardless of the specification.
   *
   * @param sign "." or ","
   */
  public RowSchema withDecimal(String sign) {
    return new RowSchema(policy, fitting, identifier, label, sign, widths, columns, readers);
  }

  /**
   * The error in the identifier of a row that must have one.
   *
   * @param length of its UTF-8 in bytes
   * @return null if it is valid
   */
  public static @Nullable String brokenIdentifierRule(int length) {
    if (length == 0) {
      return "identifier is missing";
    }
    return length > MAX_IDENTIFIER_LENGTH
        ? "longer than " + MAX_IDENTIFIER_LENGTH + " bytes"
        : null;
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

  /** Whether encoders are fitted to the rows. */
  boolean isFitting() {
    return fitting;
  }

  /** By encoder, how many features a row has. */
  int[] widths() {
    return widths;
  }

  /** The readers of cells, by the rules' places; new ones where they collect values. */
  List<CellReader> readers() {
    return readers.get();
  }

  /** The columns' names, by which a header is known; as names are compared. */
  Set<String> names() {
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

  /**
   * What each cell of a record is, by the header: a column's place in {@link #columns}, {@link
   * #IDENTIFIER}, {@link #LABEL} or {@link #IGNORED}.
   *
   * @throws UserException that names the columns that are missing or duplicate
   */
  int[] roles(CsvReader table) {
    List<String> header = table.header();
    Map<String, Integer> places = new HashMap<>();
    columns.keySet().forEach(name -> places.put(name, places.size()));
    if (!identifier.equals(ROW_NUMBER)) {
      places.putIfAbsent(CsvReader.name(identifier), IDENTIFIER);
    }
    if (policy == RowPolicy.TRAINING) {
      places.putIfAbsent(CsvReader.name(label.column()), LABEL);
    }
    List<CellError> errors = new ArrayList<>();
    int[] roles = new int[header.size()];
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < roles.length; i++) {
      roles[i] = places.getOrDefault(header.get(i), IGNORED);
      if (roles[i] != IGNORED && found.put(header.get(i), i) != null) {
        errors.add(error(table, header.get(i), "duplicate column; rename or remove one"));
      }
    }
    if (found.isEmpty() && !looksLikeHeader(header)) {
      throw noHeader(table);
    }
    LookAlikes alike = new LookAlikes(header);
    for (String name : missing(found)) { // hints for those that are shown
      String near = errors.size() < SHOWN ? near(name, header, alike) : "";
      String hint = near.isEmpty() ? advice(name) : near;
      errors.add(error(table, name, "the column is missing" + hint));
    }
    if (!errors.isEmpty()) {
      throw rejection(table, errors);
    }
    return roles;
  }

  /** A hint where a column is missing that only training requires. */
  private String advice(String name) {
    if (policy != RowPolicy.TRAINING) {
      return "";
    }
    if (name.equals(label.column())) {
      return "; rows without it can only be scored: make predict, or download --policy scoring";
    }
    return name.equals(identifier) ? "; a table without one has identifier: row" : "";
  }

  private List<String> missing(Map<String, Integer> found) {
    List<String> missing = new ArrayList<>();
    if (policy == RowPolicy.TRAINING) {
      if (!identifier.equals(ROW_NUMBER) && !found.containsKey(CsvReader.name(identifier))) {
        missing.add(identifier);
      }
      if (!found.containsKey(CsvReader.name(label.column()))) {
        missing.add(label.column());
      }
    }
    columns.forEach(
        (name, column) -> {
          if (!found.containsKey(name)) {
            missing.add(column.name());
          }
        });
    return missing;
  }

  /** A hint at a similar column of the header; empty where there is none. */
  private static String near(String name, List<String> header, LookAlikes known) {
    String alike = known.of(name);
    if (alike == null) {
      return Spelling.closest(name, header).map(other -> "; there is '" + other + "'").orElse("");
    }
    String invisible =
        alike
            .codePoints()
            .filter(c -> c > 0x7E && name.indexOf(c) < 0)
            .distinct()
            .mapToObj(c -> String.format("U+%04X", c))
            .collect(Collectors.joining(", "));
    return "; there is '"
        + alike
        + "'"
        + (invisible.isEmpty() ? "" : ", which only looks the same: it has " + invisible);
  }

  private static CellError error(CsvReader table, String column, String rule) {
    return new CellError(table.headerLine(), column, null, rule);
  }

  // A header's names are not empty, not numbers, and few are alike.
  private static boolean looksLikeHeader(List<String> header) {
    return header.stream()
        .noneMatch(name -> name.isEmpty() || !Double.isNaN(Numbers.parseOrNaN(name)));
  }

  private UserException noHeader(CsvReader table) {
    List<String> first = table.header();
    String shown = String.join(", ", first.subList(0, Math.min(3, first.size())));
    List<String> required = new ArrayList<>(names);
    if (policy == RowPolicy.SCORING) {
      required.remove(CsvReader.name(label.column()));
    }
    return new UserException(
        String.format(
            "%s, line %d: there is no header: the first line is a row (%s%s); add a line with the"
                + " columns' names (%s%s)",
            table.where(),
            table.headerLine(),
            shown,
            first.size() > 3 ? ", …" : "",
            String.join(", ", required.subList(0, Math.min(SHOWN, required.size()))),
            required.size() > SHOWN ? ", …" : ""));
  }

  private static TableRejectedException rejection(CsvReader table, List<CellError> errors) {
    List<String> texts = errors.stream().map(CellError::withoutLine).toList();
    String all = String.join("\n", texts.subList(0, Math.min(SHOWN, texts.size())));
    String more = texts.size() > SHOWN ? "\nand " + (texts.size() - SHOWN) + " more" : "";
    return new TableRejectedException(
        table.where()
            + ", line "
            + table.headerLine()
            + ": columns are missing or duplicate\n"
            + all
            + more,
        table.dialect(),
        errors.subList(0, Math.min(SHOWN, errors.size())),
        errors.size());
  }
}
