package dev.propensity.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReleaseLedgerTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private final String name = "data-" + UUID.randomUUID();
  private final ReleaseLedger ledger = new ReleaseLedger(S3.store(), name);

  @Test
  void isEmptyBeforeAnythingWasRegistered() {
    assertThat(ledger.latest()).isEmpty();
    assertThat(ledger.champion()).isEmpty();
    assertThatThrownBy(() -> ledger.entry(1))
        .isInstanceOf(UserException.class)
        .hasMessage("no ledger entry at " + S3.root().resolve(name + "/releases/000001.json"));
  }

  @Test
  void keepsTheWholeStateInItsLastEntry() {
    ledger.append(last -> next(last).released(SampleReleases.release(1)));
    LedgerEntry appended = ledger.append(last -> next(last).challenger(SampleReleases.release(2)));

    LedgerEntry latest = ledger.latest().orElseThrow();

    assertThat(latest).isEqualTo(appended);
    assertThat(latest.number()).isEqualTo(2);
    assertThat(latest.champion()).isEqualTo(SampleReleases.release(1));
    assertThat(latest.challenger()).isEqualTo(SampleReleases.release(2));
    assertThat(latest.versions()).isEqualTo(2);
    assertThat(ledger.entry(ledger.location(1)).champion()).isEqualTo(SampleReleases.release(1));
  }

  @Test
  void readsTheLastEntriesAndThoseAfterOne() {
    assertThat(ledger.last(2)).isEmpty();
    assertThat(ledger.after(0)).isEmpty();
    for (int version = 1; version <= 3; version++) {
      Release release = SampleReleases.release(version);
      ledger.append(last -> next(last).released(release));
    }

    assertThat(ledger.last(2)).extracting(LedgerEntry::number).containsExactly(2, 3);
    assertThat(ledger.last(9)).extracting(LedgerEntry::number).containsExactly(1, 2, 3);
    assertThat(ledger.after(1)).isEqualTo(ledger.last(2));
    assertThat(ledger.after(3)).isEmpty();
  }

  @Test
  void continuesTheLedgerThatAnEarlierVersionWroteForSyntheticRows() {
    ReleaseLedger synthetic = new ReleaseLedger(S3.store(), name + "-synthetic");
    ReleaseLedger former = ReleaseLedger.at(S3.store(), name + "-sample");
    former.append(
        last -> new NextEntry(former.name(), last, "a", "b").released(SampleReleases.release(1)));

    assertThat(synthetic.champion()).contains(SampleReleases.release(1));
    assertThat(new ReleaseLedger(S3.store(), name + "-sample").champion())
        .contains(SampleReleases.release(1));

    LedgerEntry next =
        synthetic.append(
            last ->
                new NextEntry(synthetic.name(), last, "a", "b")
                    .released(SampleReleases.release(2)));
    assertThat(next.number()).isEqualTo(2);
    assertThat(next.name()).isEqualTo(name + "-synthetic");
    assertThat(next.previous()).isEqualTo(SampleReleases.release(1));
    assertThat(synthetic.location(2))
        .isEqualTo(S3.root().resolve(name + "-sample/releases/000002.json"));
    assertThat(ReleaseLedger.of(S3.store(), synthetic.location(2)).latest()).contains(next);
  }

  @Test
  void prefersTheLedgerOfTheCurrentName() {
    ReleaseLedger synthetic = new ReleaseLedger(S3.store(), name + "-synthetic");
    assertThat(synthetic.latest()).isEmpty();
    synthetic.append(
        last ->
            new NextEntry(synthetic.name(), last, "a", "b").released(SampleReleases.release(1)));
    ReleaseLedger former = ReleaseLedger.at(S3.store(), name + "-sample");
    former.append(
        last -> new NextEntry(former.name(), last, "a", "b").challenger(SampleReleases.release(1)));

    ReleaseLedger ledger = new ReleaseLedger(S3.store(), name + "-sample");
    assertThat(ledger.name()).isEqualTo(name + "-synthetic");
    assertThat(ledger.champion()).contains(SampleReleases.release(1));
    assertThat(former.champion()).isEmpty();
  }

  @Test
  void reportsOnlyWhatIsNewer() {
    ledger.append(last -> next(last).released(SampleReleases.release(1)));
    ledger.append(last -> next(last).released(SampleReleases.release(2)));

    assertThat(ledger.newerThan(1)).map(LedgerEntry::number).contains(2);
    assertThat(ledger.newerThan(2)).isEmpty();
  }

  @Test
  void appendsNothingWhereTheLastEntryIsAnsweredWith() {
    LedgerEntry first = ledger.append(last -> next(last).released(SampleReleases.release(1)));

    assertThat(ledger.append(Optional::orElseThrow)).isEqualTo(first);
    assertThat(ledger.newerThan(1)).isEmpty();
  }

  @Test
  void namesTheEntryThatIsMissing() {
    for (int i = 1; i <= 3; i++) {
      Release release = SampleReleases.release(i);
      ledger.append(last -> next(last).released(release));
    }
    S3.objects().delete(ledger.location(2));

    assertThatThrownBy(ledger::latest)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has a gap: " + ledger.location(2) + " is missing");
  }

  @Test
  void rejectsADamagedEntryAndOneOfAnotherNumber() {
    LedgerEntry entry = ledger.append(last -> next(last).released(SampleReleases.release(1)));

    S3.objects().write(ledger.location(2), CanonicalJson.bytes(entry));
    assertThatThrownBy(ledger::latest)
        .isInstanceOf(UserException.class)
        .hasMessage(ledger.location(2) + " is the entry 1 of " + name);
    S3.objects().write(ledger.location(2), "{\"schema\":3}".getBytes());
    assertThatThrownBy(ledger::latest)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("000002.json")
        .hasMessageContaining("reads 1 to 2");
    S3.objects().write(ledger.location(2), "{".getBytes());
    assertThatThrownBy(ledger::latest)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("000002.json is not valid");
  }

  @Test
  void isFoundFromAnEntrysLocation() {
    ReleaseLedger found = ReleaseLedger.of(S3.store(), ledger.location(7));

    assertThat(found.name()).isEqualTo(name);
    for (String wrong :
        List.of("x", "a/train/1234", "a/releases/7.json", "b/a/releases/000007.json")) {
      assertThatThrownBy(() -> ReleaseLedger.of(S3.store(), S3.root().resolve(wrong)))
          .as(wrong)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is no ledger entry of this store");
    }
  }

  @Test
  void givesEachOfEightWritersItsOwnNumber() throws Exception {
    int writers = 8;
    int rounds = 6;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CyclicBarrier start = new CyclicBarrier(writers);
    try {
      List<Callable<List<Integer>>> work = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String who = "writer " + writer;
        work.add(
            () -> {
              List<Integer> numbers = new ArrayList<>();
              for (int round = 0; round < rounds; round++) {
                start.await();
                numbers.add(
                    ledger
                        .append(
                            last ->
                                new NextEntry(name, last, who, "race")
                                    .challenger(
                                        SampleReleases.release(
                                            last.map(LedgerEntry::versions).orElse(0) + 1)))
                        .number());
              }
              return numbers;
            });
      }
      List<Integer> numbers = new ArrayList<>();
      List<Future<List<Integer>>> futures = threads.invokeAll(work);
      for (int writer = 0; writer < writers; writer++) {
        for (int number : futures.get(writer).get()) {
          assertThat(ledger.entry(number).who()).isEqualTo("writer " + writer);
          numbers.add(number);
        }
      }
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, writers * rounds).boxed().toList());
      assertThat(ledger.latest().orElseThrow().versions()).isEqualTo(writers * rounds);
    } finally {
      threads.shutdownNow();
    }
  }

  private NextEntry next(Optional<LedgerEntry> last) {
    return new NextEntry(name, last, "the test", "because");
  }

  static final class SampleReleases {
    static Release release(int version) {
      S3Location root = S3Location.parse("s3://propensity/store/data");
      return new Release(
          version,
          root.resolve("train/" + version),
          Digest.of("model " + version),
          root.resolve("evaluate/" + version));
    }

    private SampleReleases() {}
  }
}
