package dev.propensity.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Server;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.ReleaseLedgerTest.SampleReleases;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReleaseActionsTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private final String name = "data-" + UUID.randomUUID();
  private final ReleaseLedger ledger = new ReleaseLedger(S3.store(), name);
  private final ReleaseActions actions = new ReleaseActions(ledger);

  @Test
  void rollsBackAgainAndAgainAlongTheHistory() {
    release(1, 2, 3);

    LedgerEntry once = rollBack(3);
    assertThat(once.action()).isEqualTo(Action.ROLLED_BACK);
    assertThat(once.subject()).isEqualTo(SampleReleases.release(3));
    assertState(once, 2, 1);
    LedgerEntry twice = rollBack(2);
    assertState(twice, 1, null);
    assertThat(twice.held())
        .containsExactly(SampleReleases.release(3).digest(), SampleReleases.release(2).digest());
    LedgerEntry thrice = rollBack(1);
    assertState(thrice, null, null);
  }

  @Test
  void saysFromWhichVersionToWhichEachEntryLed() {
    release(1, 2);
    assertMove(ledger.entry(1), null, 1);
    assertMove(ledger.entry(2), 1, 2);
    assertMove(promote(1), 2, 1);
    assertMove(rollBack(1), 1, 2);
    assertMove(rollBack(2), 2, null);
  }

  private static void assertMove(LedgerEntry entry, Integer from, Integer to) {
    assertThat(entry.schema()).isEqualTo(2);
    assertThat(entry.from()).isEqualTo(from);
    assertThat(entry.to()).isEqualTo(to);
  }

  @Test
  void passesOverModelsThatAreHeld() {
    release(1, 2);
    promote(1);
    LedgerEntry state = rollBack(1); // 1 is held, 2 is live; before 2 there was 1

    assertState(state, 2, null);
  }

  @Test
  void goesBackBeyondAModelThatIsHeld() {
    release(1, 2, 3);
    rollBack(3); // 2 is live, 3 is held
    promote(3); // 3 is live, none is held
    release(4);
    rollBack(4); // 3 is live, before it 2

    assertState(ledger.latest().orElseThrow(), 3, 2);
    assertState(rollBack(3), 2, 1);
  }

  @Test
  void promotesAVersionThatIsHeldAndHoldsItNoLonger() {
    release(1, 2);
    rollBack(2);

    LedgerEntry promoted = promote(2);

    assertThat(promoted.action()).isEqualTo(Action.PROMOTED);
    assertThat(promoted.held()).isEmpty();
    assertState(promoted, 2, 1);
  }

  @Test
  void promotesTheChallengerWhichIsNoneThen() {
    release(1);
    LedgerEntry challenged =
        ledger.append(
            last ->
                new NextEntry(name, last, "a run", "worse").challenger(SampleReleases.release(2)));
    assertThat(challenged.challenger()).isEqualTo(SampleReleases.release(2));

    LedgerEntry promoted = promote(2);

    assertThat(promoted.challenger()).isNull();
    assertState(promoted, 2, 1);
  }

  @Test
  void answersWithTheEntryThereIsWhereNothingIsToBeDone() {
    release(1, 2);
    LedgerEntry rolledBack = rollBack(2);

    assertThat(rollBack(2)).isEqualTo(rolledBack);
    LedgerEntry promoted = promote(2);
    ledger.append(
        last -> new NextEntry(name, last, "a run", "worse").challenger(SampleReleases.release(3)));
    assertThat(promote(2)).isEqualTo(promoted);
    assertThat(ledger.latest().orElseThrow().number()).isEqualTo(5);
  }

  @Test
  void rejectsWhatIsNotThere() {
    assertThatThrownBy(() -> promote(1))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("no model is registered in");
    release(1, 2);
    assertThatThrownBy(() -> promote(3))
        .isInstanceOf(UserException.class)
        .hasMessage(name + " has no version 3; it has 1 to 2");
    assertThatThrownBy(() -> rollBack(1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "version 1 of "
                + name
                + " is not the champion; version 2 is. A rollback returns from the champion to the one before it; to make version 1 live, promote it");
  }

  @Test
  void rollsBackOneModelOnceHoweverManyDoItAtOnce() throws Exception {
    release(1, 2, 3);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Callable<LedgerEntry> rollBack = () -> rollBack(3);
      List<Future<LedgerEntry>> done =
          threads.invokeAll(List.of(rollBack, rollBack, rollBack, rollBack, rollBack, rollBack));
      for (Future<LedgerEntry> entry : done) {
        assertThat(entry.get().number()).isEqualTo(4);
      }
    } finally {
      threads.shutdownNow();
    }
    assertState(ledger.latest().orElseThrow(), 2, 1);
  }

  private void release(int... versions) {
    for (int version : versions) {
      ledger.append(
          last ->
              new NextEntry(name, last, "a run", "better")
                  .released(SampleReleases.release(version)));
    }
  }

  private LedgerEntry promote(int version) {
    return actions.promote(version, "Ada", "we know better");
  }

  private LedgerEntry rollBack(int version) {
    return actions.rollBack(SampleReleases.release(version), "Ada", "complaints");
  }

  private static void assertState(LedgerEntry entry, Integer champion, Integer previous) {
    assertThat(entry.champion())
        .isEqualTo(champion == null ? null : SampleReleases.release(champion));
    assertThat(entry.previous())
        .isEqualTo(previous == null ? null : SampleReleases.release(previous));
  }
}
