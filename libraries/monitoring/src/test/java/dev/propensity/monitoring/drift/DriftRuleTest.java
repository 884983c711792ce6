package dev.propensity.monitoring.drift;

import static dev.propensity.monitoring.drift.Simulation.counts;
import static dev.propensity.monitoring.drift.Simulation.rows;
import static dev.propensity.monitoring.drift.Simulation.scores;
import static dev.propensity.monitoring.drift.Simulation.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DriftRuleTest {
  /** PSI of 0.05 against the usual ages: older customers. */
  private static final UnaryOperator<WindowCounts> OLDER =
      with("age", counts(140, 153, 167, 180, 193, 207, 220, 233, 247, 260));

  private static final UnaryOperator<WindowCounts> MUCH_OLDER =
      with("age", counts(20, 60, 100, 140, 180, 220, 260, 300, 340, 380));

  /** PSI of 0.15. */
  private static final UnaryOperator<WindowCounts> CLEARLY_OLDER =
      with("age", counts(92, 116, 140, 164, 188, 212, 236, 260, 284, 308));

  private static Simulation learned() {
    return new Simulation().quietDays(28);
  }

  @Test
  void learnsUntilTheReferenceIsComplete() {
    Simulation simulation = new Simulation().quietDays(1);
    assertThat(simulation.verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(simulation.result().nextStep())
        .isEqualTo("No action is needed: 27 more windows complete the reference.");
    assertThat(simulation.quietDays(27).verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(simulation.quietDays(1).verdict()).isEqualTo(Verdict.QUIET);
    assertThat(simulation.result().nextStep()).isEqualTo("No action is needed.");
    assertThat(simulation.result().state()).isEqualTo(new Monitoring.State(false, 28, 28, true));
  }

  @Test
  void staysQuietOnQuietDays() {
    Simulation simulation = learned();
    for (int day = 0; day < 100; day++) {
      assertThat(simulation.quietDays(1).result().reasons()).isEmpty();
    }
  }

  @Test
  void alarmsOnAColumnThatChangesForLonger() {
    Simulation simulation = learned().quietDays(5).days(4, OLDER);
    assertThat(simulation.result().summary()).isEqualTo("alarm (age)");
    assertThat(simulation.reasons())
        .singleElement()
        .asString()
        .matches(
            "age: mean rank 0\\.5\\d\\d, limits 0\\.\\d{3} to 0\\.5\\d\\d, effect 0\\.0\\d\\d");
    assertThat(simulation.result().nextStep())
        .isEqualTo(
            "Find out why age changed; if the change is to stay, accept it with make accept"
                + " DATASET=insurance.");
    assertThat(simulation.result().retraining()).isFalse();
  }

  @Test
  void isQuietAgainWhenTheRowsAre() {
    Simulation simulation = learned().days(30, OLDER);
    assertThat(simulation.verdict()).isEqualTo(Verdict.ALARM);
    assertThat(simulation.quietDays(2).verdict()).isEqualTo(Verdict.QUIET);
  }

  @Test
  void staysAlarmedWhileTheChangeLasts() {
    Simulation simulation = learned().days(5, OLDER);
    for (int day = 0; day < 60; day++) {
      assertThat(simulation.days(1, OLDER).verdict()).isEqualTo(Verdict.ALARM);
    }
  }

  @Test
  void noticesAWindowThatDiffersOnce() {
    Simulation simulation = learned().quietDays(3);
    simulation.days(1, with("channel", counts(690, 655, 655, 0)));
    assertThat(simulation.result().summary()).isEqualTo("notice (channel)");
    assertThat(simulation.reasons())
        .singleElement()
        .asString()
        .startsWith("channel: effect 0.0")
        .contains(" in this window, p ");
    assertThat(simulation.quietDays(1).verdict()).isEqualTo(Verdict.QUIET);
  }

  @Test
  void alarmsAtOnceOnAnotherDistribution() {
    Simulation simulation = learned().days(1, MUCH_OLDER);
    assertThat(simulation.result().summary()).isEqualTo("alarm (age)");
    assertThat(simulation.reasons().get(0)).matches("age: effect 0\\.\\d+ in one window.*");
    assertThat(simulation.result().retraining()).isTrue();
  }

  @Test
  void alarmsOnBrokenColumnsWhileLearning() {
    Simulation simulation = new Simulation().quietDays(2);
    simulation.days(1, with("age", new ColumnCounts(new long[10], 2000, 0)));
    assertThat(simulation.result().summary()).isEqualTo("alarm (age)");
    assertThat(simulation.reasons()).contains("age: all 2,000 cells are empty");
    assertThat(simulation.result().nextStep()).startsWith("Check where age comes from; ");
    simulation.days(1, with("channel", new ColumnCounts(new long[4], 0, 2000)));
    assertThat(simulation.reasons()).contains("channel: all 2,000 values are unknown to the model");
    simulation.days(1, with("licence", counts(2000, 0)));
    assertThat(simulation.reasons()).contains("licence: all 2,000 values are in one bin");
    assertThat(simulation.result().state().referable()).isFalse();
    assertThat(simulation.quietDays(1).result().state().windows()).isEqualTo(2);
  }

  @Test
  void alarmsWhileLearningIfTwoWindowsAreLargelyDifferent() {
    Simulation simulation = new Simulation().quietDays(2).days(1, CLEARLY_OLDER);
    assertThat(simulation.verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(simulation.result().state().referable()).isFalse();
    simulation.days(1, CLEARLY_OLDER);
    assertThat(simulation.result().summary()).isEqualTo("alarm (age)");
    assertThat(simulation.reasons().get(0))
        .matches("age: effect 0\\.1\\d\\d and 0\\.1\\d\\d in two windows, at least 0\\.100 .*");
    // Neither window is part of the reference.
    assertThat(simulation.quietDays(1).result().state().windows()).isEqualTo(2);
  }

  @Test
  void daysThatUsualEffectsMoveFarAreInTheReference() {
    // Of 500 rows a day, PSI on weekends is 0.15: effects of days as large as chance do so.
    UnaryOperator<WindowCounts> small =
        with("age", counts(Simulation.even(10, 50))).andThen(rows(500, 500, 0))::apply;
    UnaryOperator<WindowCounts> weekend =
        with("age", counts(23, 29, 35, 41, 47, 53, 59, 65, 71, 77)).andThen(rows(500, 500, 0))
            ::apply;
    Simulation simulation = new Simulation();
    for (int week = 0; week < 4; week++) {
      assertThat(simulation.days(5, small).days(2, weekend).verdict()).isEqualTo(Verdict.LEARNING);
    }
    assertThat(simulation.days(5, small).verdict()).isEqualTo(Verdict.QUIET);
    assertThat(simulation.days(2, weekend).result().reasons()).isEmpty();
    assertThat(simulation.result().state().learning()).isFalse();
  }

  @Test
  void badWindowsWhileLearningDoNotHideLaterOnes() {
    Simulation simulation = new Simulation().quietDays(10).days(5, CLEARLY_OLDER).quietDays(19);
    assertThat(simulation.result().summary()).isEqualTo("quiet");
    assertThat(simulation.days(4, OLDER).result().summary()).isEqualTo("alarm (age)");
  }

  @Test
  void anAcceptedChangeIsTheNewReference() {
    Simulation simulation = learned().days(28, MUCH_OLDER);
    assertThat(simulation.verdict()).isEqualTo(Verdict.ALARM);
    assertThat(simulation.accept(28).days(3, MUCH_OLDER).verdict()).isEqualTo(Verdict.QUIET);
    assertThat(simulation.quietDays(1).result().summary()).isEqualTo("alarm (age)");
  }

  @Test
  void aFewAcceptedWindowsReplaceTheTrainingRows() {
    Simulation simulation = learned().days(3, MUCH_OLDER).accept(3);
    assertThat(simulation.days(2, MUCH_OLDER).verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(simulation.result().state()).isEqualTo(new Monitoring.State(true, 4, 28, true));
  }

  @Test
  void alarmsOnMissingAndUnseenValues() {
    UnaryOperator<WindowCounts> missing =
        with("age", new ColumnCounts(Simulation.even(10, 192), 80, 0));
    Simulation simulation = learned().days(3, missing);
    assertThat(simulation.reasons())
        .singleElement()
        .asString()
        .matches("age: missing \\d\\.\\d%, limits 0\\.0% to 0\\.\\d%, effect \\+4\\.0 points");
    UnaryOperator<WindowCounts> unseen =
        with("channel", new ColumnCounts(new long[] {780, 585, 585, 0}, 0, 50));
    assertThat(learned().days(3, unseen).reasons())
        .singleElement()
        .asString()
        .startsWith("channel: unseen ")
        .endsWith(" effect +2.5 points");
  }

  @Test
  void fewerThanOnePercentMissingIsNoAlarm() {
    UnaryOperator<WindowCounts> missing =
        with("age", new ColumnCounts(Simulation.even(10, 199), 10, 0));
    Simulation simulation = learned().days(10, missing);
    assertThat(simulation.verdict()).isEqualTo(Verdict.NOTICE);
  }

  @Test
  void alarmsOnScoresAndStartsRetraining() {
    long[] higher = Simulation.even(20, 80);
    Arrays.fill(higher, 10, 20, 120);
    Simulation simulation = learned().days(5, scores(higher));
    assertThat(simulation.result().summary()).isEqualTo("alarm (score)");
    assertThat(simulation.result().retraining()).isTrue();
    assertThat(simulation.result().nextStep()).startsWith("Find out why the scores changed, ");
  }

  @Test
  void scoresOfAnotherModelAreNotCompared() {
    Simulation simulation = learned().days(3, scores(new long[20]));
    assertThat(simulation.verdict()).isEqualTo(Verdict.QUIET);
    assertThat(simulation.result().scores()).isNull();
  }

  @Test
  void alarmsOnRejectedRows() {
    Simulation simulation = learned().days(3, rows(2000, 2000, 100));
    assertThat(simulation.result().summary()).isEqualTo("alarm (rejected rows)");
    assertThat(simulation.reasons())
        .singleElement()
        .asString()
        .matches("rejected rows \\d\\.\\d%, limits 0\\.0% to 0\\.\\d%, effect \\+4\\.7 points");
    assertThat(simulation.result().nextStep())
        .isEqualTo("Correct the rows that clients send: see which rules they break.");
  }

  @Test
  void alarmsOnTheVolumeOfTheWeekday() {
    Simulation simulation = learned().days(4, rows(2000, 900, 0));
    assertThat(simulation.result().summary()).isEqualTo("alarm (volume)");
    assertThat(simulation.reasons().get(0))
        .matches("volume: 0\\.\\d\\d times the usual rows .*, limits 0\\.\\d\\d to 1\\.\\d\\d");
    assertThat(simulation.result().volume().rows()).isEqualTo(900);
    assertThat(simulation.result().volume().expected()).isEqualTo(2000);
  }

  @Test
  void aWindowCanHaveTooFewRowsOrNone() {
    Simulation simulation = learned().days(1, rows(99, 99, 0));
    assertThat(simulation.result().summary()).isEqualTo("too few rows");
    assertThat(simulation.result().nextStep()).contains("at least 100 rows");
    assertThat(simulation.days(1, rows(0, 0, 0)).result().summary()).isEqualTo("no rows");
    assertThat(simulation.quietDays(1).verdict()).isEqualTo(Verdict.QUIET);
  }

  @Test
  void alarmsIfAllRowsAreRejected() {
    Simulation simulation = new Simulation().days(1, rows(0, 0, 500));
    assertThat(simulation.result().summary()).isEqualTo("alarm (rejected rows)");
    assertThat(simulation.reasons()).containsExactly("all 500 rows were rejected");
  }

  @Test
  void alarmsIfHalfOfTheRowsAreRejectedBeforeThereAreLimits() {
    Simulation simulation = new Simulation().days(1, rows(1, 1, 500));
    assertThat(simulation.result().summary()).isEqualTo("alarm (rejected rows)");
    assertThat(simulation.reasons())
        .containsExactly("500 of 501 rows were rejected, at least 50.0%");
    assertThat(learned().days(1, rows(50, 50, 50)).verdict()).isEqualTo(Verdict.ALARM);
    assertThat(learned().days(1, rows(50, 50, 49)).verdict()).isEqualTo(Verdict.TOO_FEW_ROWS);
    assertThat(learned().days(1, rows(60, 60, 59)).verdict()).isEqualTo(Verdict.TOO_FEW_ROWS);
    Simulation learning = new Simulation().days(1, rows(2000, 2000, 2000));
    assertThat(learning.result().summary()).isEqualTo("alarm (rejected rows)");
    assertThat(learning.result().state().referable()).isFalse();
    assertThat(learning.days(1, rows(2000, 2000, 1999)).verdict()).isEqualTo(Verdict.LEARNING);
  }

  @Test
  void namesWhatIsNotableWhileLearning() {
    Simulation simulation = new Simulation().days(1, CLEARLY_OLDER);
    assertThat(simulation.verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(simulation.result().summary()).isEqualTo("learning (age)");
  }

  @Test
  void aColumnThatIsNotCapturedIsNotCompared() {
    UnaryOperator<WindowCounts> without =
        window ->
            new WindowCounts(
                window.start(),
                window.rows(),
                window.answered(),
                window.rejected(),
                Map.of("age", window.columns().get("age")),
                window.scores());
    Simulation simulation = new Simulation().days(30, without);
    assertThat(simulation.verdict()).isEqualTo(Verdict.QUIET);
    assertThat(simulation.result().columns())
        .extracting(Monitoring.Column::name)
        .containsExactly("age");
  }

  @Test
  void monitoringIsCanonicalJson() {
    JsonNode json = CanonicalJson.mapper().valueToTree(learned().days(1, MUCH_OLDER).result());
    assertThat(json.at("/verdict").asText()).isEqualTo("alarm");
    assertThat(json.at("/reasons/0/kind").asText()).isEqualTo("broken");
    assertThat(json.at("/charts/0/chart").asText()).isEqualTo("mean_rank");
    assertThat(json.at("/columns/0/name").asText()).isEqualTo("age");
    assertThat(json.at("/columns/0/bins/0").asLong()).isEqualTo(20);
    assertThat(json.at("/columns/0/reference")).hasSize(10);
    assertThat(json.at("/state/of").asInt()).isEqualTo(28);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "schema",
            "name",
            "model",
            "window",
            "verdict",
            "reasons",
            "next_step",
            "retraining",
            "state",
            "charts",
            "columns",
            "scores",
            "volume",
            "rejected",
            "gaps",
            "warnings");
    assertThat(CanonicalJson.text(json)).isNotEmpty();
  }
}
