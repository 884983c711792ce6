package dev.propensity.tests.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every case keeps the rules, and the entry points of a policy agree on it. */
class ExpectationsTest {
  private static final int SHOWN = 300;

  @Test
  void everyCaseHasAnExpectation() throws Exception {
    assertThat(Expectations.synthetic().keySet()).containsAll(Verdicts.synthetic().keySet());
  }

  @Test
  void everyEntryPointKeepsTheRules() throws Exception {
    assertKept(TableCase.synthetic(), Verdicts.synthetic(), Expectations.synthetic());
  }

  @Test
  void everyEntryPointKeepsTheRulesWithPublicRows() throws Exception {
    Verdicts.assumePublicRows();
    List<TableCase> tables = TableCase.publicRows(Verdicts.shared());
    assertKept(tables, Verdicts.publicRows(), Expectations.publicRows());
  }

  private static void assertKept(
      List<TableCase> tables,
      Map<String, Map<EntryPoint, TableResult>> verdicts,
      Map<String, Map<EntryPoint, Expectation>> expectations) {
    List<String> broken = new ArrayList<>();
    for (TableCase table : tables) {
      expectations
          .get(table.name())
          .forEach(
              (entry, expectation) -> {
                TableResult verdict = unnamed(verdicts.get(table.name()).get(entry), table);
                String rule =
                    expectation.broken(verdict, other -> reference(verdicts, other).get(entry));
                if (rule != null) {
                  broken.add(row(table.name(), entry, rule, expectation.toString(), verdict));
                }
              });
    }
    assertNone(broken);
  }

  private static Map<EntryPoint, TableResult> reference(
      Map<String, Map<EntryPoint, TableResult>> verdicts, String name) {
    return Objects.requireNonNull(verdicts.get(name), () -> "add " + name + " to -Dcases");
  }

  @Test
  void theEntryPointsOfAPolicyAgree() throws Exception {
    List<String> broken = new ArrayList<>();
    Map<String, Map<EntryPoint, Expectation>> expectations = Expectations.synthetic();
    Verdicts.synthetic()
        .forEach(
            (name, verdicts) -> {
              List<EntryPoint> scoring = EntryPoint.of(Policy.SCORING);
              Expectation common = expectations.get(name).get(EntryPoint.PREDICT);
              if (common == Expectation.anything()) {
                return;
              }
              for (EntryPoint entry : scoring) {
                if (expectations.get(name).get(entry) == common) {
                  compare(name, EntryPoint.PREDICT, entry, verdicts).ifPresent(broken::add);
                }
              }
              // Both policies write the same about a cell; the header of training needs more
              // columns.
              if (expectations.get(name).get(EntryPoint.TRAINING) == common
                  && isOfARow(verdicts.get(EntryPoint.PREDICT))) {
                compare(name, EntryPoint.TRAINING, EntryPoint.PREDICT, verdicts)
                    .ifPresent(broken::add);
              }
            });
    assertNone(broken);
  }

  @Test
  void bothRequestsReportTheSameDialect() throws Exception {
    List<String> broken = new ArrayList<>();
    Verdicts.synthetic()
        .forEach(
            (name, verdicts) -> {
              String invocations = dialect(verdicts.get(EntryPoint.INVOCATIONS));
              String upload = dialect(verdicts.get(EntryPoint.UPLOAD));
              TableResult verdict = verdicts.get(EntryPoint.INVOCATIONS);
              if (verdict.kind() == TableResult.Kind.OK
                  && verdicts.get(EntryPoint.UPLOAD).kind() == TableResult.Kind.OK
                  && (invocations.isEmpty() || !invocations.equals(upload))) {
                broken.add(
                    row(name, EntryPoint.INVOCATIONS, "another Propensity-Csv", upload, verdict));
              }
            });
    assertNone(broken);
  }

  private static String dialect(TableResult verdict) {
    return verdict.notes().stream()
        .filter(note -> note.startsWith("propensity-csv"))
        .findFirst()
        .orElse("");
  }

  /** A verdict without the names of its files, in which a fragment could be found by accident. */
  private static TableResult unnamed(TableResult verdict, TableCase table) {
    return verdict.without(table.name()).without(table.table().getFileName().toString());
  }

  private static boolean isOfARow(TableResult verdict) {
    return CellMessage.first(verdict.message()).filter(cell -> cell.line() > 1).isPresent();
  }

  private static Optional<String> compare(
      String name, EntryPoint first, EntryPoint second, Map<EntryPoint, TableResult> verdicts) {
    TableResult one = verdicts.get(first);
    TableResult other = verdicts.get(second);
    if (one.kind() == TableResult.Kind.NOT_RUN || other.kind() == TableResult.Kind.NOT_RUN) {
      return Optional.empty();
    }
    String difference = null;
    if (one.kind() != other.kind()) {
      difference = "another verdict than " + first;
    } else if (first.policy() == second.policy()
        && !(one.scores().equals(other.scores())
            && one.identifiers().equals(other.identifiers()))) {
      difference = "other scores or identifiers than " + first;
    } else if (!CellMessage.first(one.message()).equals(CellMessage.first(other.message()))) {
      difference = "another message than " + first;
    }
    return difference == null
        ? Optional.empty()
        : Optional.of(row(name, second, difference, first + ": " + one.line(), other));
  }

  private static String row(
      String name, EntryPoint entry, String rule, String expected, TableResult verdict) {
    return name
        + " | "
        + entry
        + " | "
        + rule
        + "\n    expected  "
        + shortened(expected)
        + "\n    got       "
        + shortened(verdict.line());
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static void assertNone(List<String> broken) {
    if (!broken.isEmpty()) {
      fail(broken.size() + " verdicts break a rule:\n" + String.join("\n", broken));
    }
  }
}
