package dev.propensity.tests.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expected verdict. A fragment matches in any case; {@code "look|invisible"} means one of the
 * two.
 */
final class Expectation {
  private static final Pattern ROWS = Pattern.compile("(?:train|validation|test) (\\d+) \\(");
  private static final List<String> SPLIT_FILES =
      List.of("train.arrow", "validation.arrow", "test.arrow");

  private static final Expectation ANYTHING = new Expectation("anything", List.of());

  /** A rule: returns the error in a verdict, or null. */
  private interface Condition {
    /**
     * @param references the verdict on another case at the same entry point
     */
    String broken(TableResult verdict, Function<String, TableResult> references);
  }

  private final String text;
  private final List<Condition> rules;

  private Expectation(String text, List<Condition> rules) {
    this.text = text;
    this.rules = rules;
  }

  /** Nothing is expected here. */
  static Expectation anything() {
    return ANYTHING;
  }

  /** Rejected, in a message with these fragments. */
  static Expectation rejected(String... fragments) {
    List<Condition> rules = new ArrayList<>();
    rules.add(kind(TableResult.Kind.REJECTED));
    for (String fragment : fragments) {
      rules.add(
          (verdict, references) ->
              has(verdict.message(), fragment) ? null : "the message lacks " + fragment);
    }
    return new Expectation("rejected: " + String.join(", ", fragments), rules);
  }

  /** Read: all of so many rows. */
  static Expectation read(int rows) {
    return new Expectation(
        "read, " + rows + " rows",
        List.of(
            kind(TableResult.Kind.OK),
            (verdict, references) ->
                rows(verdict) == rows ? null : rows(verdict) + " rows instead of " + rows));
  }

  /** Read to the same values, splits and identifiers as another case. */
  static Expectation likeCase(String other) {
    return like(other, true);
  }

  /** Read to the same values as another case, under other identifiers. */
  static Expectation valuesLikeCase(String other) {
    return like(other, false);
  }

  private static Expectation like(String other, boolean identifiers) {
    return new Expectation(
        "read like " + other,
        List.of(
            kind(TableResult.Kind.OK),
            (verdict, references) ->
                different(verdict, references.apply(other), other, identifiers)));
  }

  private static String different(
      TableResult verdict, TableResult reference, String other, boolean identifiers) {
    if (!verdict.table().equals(reference.table())) {
      return "other counts than " + other;
    }
    for (String file : SPLIT_FILES) {
      String digest = verdict.files().get(file);
      if (digest != null && !digest.equals(reference.files().get(file))) {
        return "another " + file + " than " + other;
      }
    }
    if (!verdict.scores().equals(reference.scores())) {
      return "other scores than " + other;
    }
    if (identifiers && !verdict.identifiers().equals(reference.identifiers())) {
      return "other identifiers than " + other;
    }
    return null;
  }

  /** And somewhere in the log, the headers or the reports these fragments. */
  Expectation noting(String... fragments) {
    Expectation all = this;
    for (String fragment : fragments) {
      all =
          all.and(
              "noting " + fragment,
              (verdict, references) ->
                  has(verdict.details() + verdict.table(), fragment)
                      ? null
                      : "nothing notes " + fragment);
    }
    return all;
  }

  /** And neither a warning nor a header has this fragment. */
  Expectation without(String fragment) {
    return and(
        "without " + fragment,
        (verdict, references) ->
            has(String.join("\n", verdict.notes()), fragment) ? "notes " + fragment : null);
  }

  /** And a warning or a header with this fragment. */
  Expectation warning(String fragment) {
    return and(
        "warning of " + fragment,
        (verdict, references) ->
            has(String.join("\n", verdict.notes()), fragment) ? null : "no warning of " + fragment);
  }

  private Expectation and(String more, Condition rule) {
    List<Condition> all = new ArrayList<>(rules);
    all.add(rule);
    return new Expectation(text + ", " + more, all);
  }

  /** This or the other. */
  Expectation or(Expectation other) {
    return new Expectation(
        text + "; or " + other.text,
        List.of(
            (verdict, references) -> {
              String first = broken(verdict, references);
              String second = other.broken(verdict, references);
              return first == null || second == null ? null : first + "; " + second;
            }));
  }

  /** The first rule that a verdict breaks; null where it breaks none. */
  String broken(TableResult verdict, Function<String, TableResult> references) {
    for (Condition rule : rules) {
      String broken = rule.broken(verdict, references);
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  private static Condition kind(TableResult.Kind kind) {
    return (verdict, references) -> verdict.kind() == kind ? null : "not " + kind;
  }

  private static int rows(TableResult verdict) {
    int rows = verdict.scores().size();
    Matcher matcher = ROWS.matcher(verdict.table());
    while (matcher.find()) {
      rows += Integer.parseInt(matcher.group(1));
    }
    return rows;
  }

  private static boolean has(String text, String fragment) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String one : fragment.toLowerCase(Locale.ROOT).split("\\|")) {
      if (lower.contains(one)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }
}
