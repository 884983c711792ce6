package dev.propensity.monitoring.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.monitoring.outcome.OutcomeRow;
import dev.propensity.monitoring.profile.TimeWindow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeJoinTest {
  private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";
  private static final byte UNKNOWN = OutcomeRow.UNKNOWN;

  private final ScoredWindow scored = new ScoredWindow(TimeWindow.parse("2026-03-10"));
  private final JoinedIdentifiers identifiers = new JoinedIdentifiers(Optional.empty());
  private final OutcomeJoin join = new OutcomeJoin(scored, identifiers, 30);

  @Test
  void theLastOutcomeWinsAndAllAreCounted() {
    score("ann", "2026-03-10T09:00:00Z", 0.5f);
    score("bob", "2026-03-10T09:00:00Z", 0.5f);
    String received = "2026-03-20T08:00:00Z";
    add(received, "ann", 1, "2026-03-12");
    add(received, "ann", 0, "2026-03-11"); // an earlier one, though it comes later
    add(received, "ann", 1, "2026-03-12"); // again
    add("2026-05-20T08:00:00Z", "bob", 0, "2026-03-12");
    add("2026-05-21T08:00:00Z", "bob", 1, "2026-03-12"); // of equal time: the later one
    assertThat(scored.find("ann").isPositive()).isTrue();
    assertThat(scored.find("bob").isPositive()).isTrue();
    assertThat(join.counts()).isEqualTo(new OutcomeCounts(5, 5, 0, 2, 1, 2, 0, 0));
  }

  @Test
  void onlyTheDaysOfTheHorizonCount() {
    for (String name : new String[] {"before", "same day", "last day", "after", "untimed"}) {
      score(name, "2026-03-10T22:00:00Z", 0.5f);
    }
    String received = "2026-06-20T08:00:00Z";
    add(received, "before", 1, "2026-03-09");
    add(received, "same day", 1, "2026-03-10");
    add(received, "last day", 1, "2026-04-09");
    add(received, "after", 1, "2026-04-10");
    add(received, "untimed", 1, null);
    add("2026-03-01T00:00:00Z", "untimed", 0, null);
    assertThat(scored.find("before").isPositive()).isFalse();
    assertThat(scored.find("same day").isPositive()).isTrue();
    assertThat(scored.find("last day").isPositive()).isTrue();
    assertThat(scored.find("after").isPositive()).isFalse();
    assertThat(scored.find("untimed").isPositive()).isTrue();
    assertThat(join.counts().outside()).isEqualTo(3);
    assertThat(join.counts().used()).isEqualTo(3);
  }

  @Test
  void countsOutcomesOfUnknownCustomersInTheTimeOfTheWindow() {
    score("ann", "2026-03-10T09:00:00Z", 0.5f);
    add("2026-03-20T08:00:00Z", "eve", 1, "2026-03-12");
    add("2026-03-20T08:00:00Z", "eve", 1, "2026-03-09");
    add("2026-05-20T08:00:00Z", "eve", 1, "2026-04-10");
    assertThat(join.counts().unknown()).isEqualTo(1);
    assertThat(join.warning()).startsWith("no outcome is of a customer who was scored");
    add("2026-03-20T08:00:00Z", "ann", 1, "2026-03-12");
    assertThat(join.warning()).isNull();
  }

  @Test
  void whoWasContactedIsKnownWithoutAnAnswer() {
    score("ann", "2026-03-10T09:00:00Z", 0.5f);
    join.begin();
    OutcomeHeader header = header("2026-03-20T08:00:00Z");
    join.add(header, new OutcomeRow("ann", UNKNOWN, millis("2026-03-11"), (byte) 1));
    join.add(header, new OutcomeRow("ann", (byte) 1, millis("2026-03-12"), UNKNOWN));
    assertThat(scored.find("ann").contacted()).isEqualTo((byte) 1);
    assertThat(scored.find("ann").isPositive()).isTrue();
    assertThat(join.counts().unanswered()).isEqualTo(1);
  }

  @Test
  void theLastScoreOfACustomerInTheWindowCountsOnce() {
    score("ann", "2026-03-10T09:00:00Z", 0.5f);
    score("ann", "2026-03-10T08:00:00Z", 0.9f);
    score("ann", "2026-03-11T00:00:00Z", 0.7f); // of the next day
    scored.addCaptured("ann", Instant.parse("2026-03-10T10:00:00Z").toEpochMilli(), 0.1f, false);
    scored.addCaptured(null, Instant.parse("2026-03-10T10:00:00Z").toEpochMilli(), 0.1f, true);
    assertThat(scored.find("ann").score()).isEqualTo(0.5f);
    assertThat(scored.size()).isEqualTo(1);
    assertThat(scored.scores()).isEqualTo(2);
    assertThat(scored.otherModels()).isEqualTo(1);
    assertThat(scored.unidentified()).isEqualTo(1);
  }

  @Test
  void joinsPlainIdentifiersWithHashedOnesByTheirKey() {
    IdentifierKey key = IdentifierKey.parse(KEY);
    Mac mac = key.mac();
    byte[] utf8 = "ann".getBytes(StandardCharsets.UTF_8);
    String hex =
        new String(IdentifierKey.hex(mac, utf8, 0, utf8.length), StandardCharsets.US_ASCII);
    JoinedIdentifiers keyed = new JoinedIdentifiers(Optional.of(KEY));
    assertThat(keyed.ofScore(CapturedIdentifier.PLAIN, null, "ann"))
        .isEqualTo(keyed.ofOutcome(CapturedIdentifier.HMAC, key.id(), hex, true));
    assertThat(keyed.ofOutcome(CapturedIdentifier.HMAC, "another", hex, false))
        .isNotEqualTo(keyed.ofScore(CapturedIdentifier.PLAIN, null, "ann"));
    keyed.requireJoinable();
    identifiers.ofScore(CapturedIdentifier.PLAIN, null, "ann");
    identifiers.requireJoinable();
    identifiers.ofOutcome(CapturedIdentifier.HMAC, key.id(), hex, true);
    assertThatThrownBy(identifiers::requireJoinable)
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "set PROPENSITY_CAPTURE_KEY to the key with which they were captured ("
                + key.id()
                + ")");
  }

  @Test
  void rejectsIdentifiersByAKeyThatTheOthersDoNotHave() {
    identifiers.ofScore(CapturedIdentifier.HMAC, "older", "1f");
    identifiers.requireJoinable(); // no outcome yet
    addHashed("newer", "2026-03-09"); // before the window: counts for nobody
    addHashed("newer", "2026-04-10"); // after the horizon
    addHashed("older", "2026-03-12");
    identifiers.requireJoinable();
    addHashed("newer", "2026-04-09");
    assertThatThrownBy(identifiers::requireJoinable)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "scores have identifiers by the keys older, and outcomes by the keys newer, older: ");
    identifiers.ofScore(CapturedIdentifier.HMAC, "newer", "2e");
    identifiers.requireJoinable();
  }

  private void addHashed(String key, String day) {
    OutcomeHeader header =
        new OutcomeHeader(1, "toys", CapturedIdentifier.HMAC, key, "2026-06-01T00:00:00Z");
    join.add(header, new OutcomeRow("1f", (byte) 1, millis(day), UNKNOWN));
  }

  private void score(String name, String time, float score) {
    scored.addCaptured(name, Instant.parse(time).toEpochMilli(), score, true);
  }

  private void add(String received, String name, int label, @Nullable String day) {
    join.begin();
    long time = day == null ? OutcomeRow.NO_TIME : millis(day);
    join.add(header(received), new OutcomeRow(name, (byte) label, time, UNKNOWN));
  }

  private static long millis(String day) {
    return Instant.parse(day + "T00:00:00Z").toEpochMilli();
  }

  private static OutcomeHeader header(String received) {
    return new OutcomeHeader(1, "toys", CapturedIdentifier.PLAIN, null, received);
  }
}
