package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.TaskJvm;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.promote.PromoteTask;
import dev.propensity.tasks.rollback.RollbackTask;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Concurrent promotions and rollbacks, each in a separate process. */
class PromotionsAtOnceTest {
  private static final int ROUNDS = 3;

  @RegisterExtension static final S3Server S3 = new S3Server();

  private final World world = new World(S3, Optional.empty(), "at-once");
  private final ReleaseLedger ledger = new ReleaseLedger(world.store(), "toys");

  @Test
  void leaveOneHistoryWithoutAGapWhoeverIsFirst() throws Exception {
    for (int version = 1; version <= 4; version++) {
      S3Location model = world.store().root().resolve("toys/train/" + version);
      Release release =
          new Release(version, model, Digest.of("model " + version), model.resolve("evaluation"));
      ledger.append(last -> new NextEntry("toys", last, "a run", "better").released(release));
    }
    for (int round = 1; round <= ROUNDS; round++) {
      int before = ledger.latest().orElseThrow().number();
      Process ada = start(PromoteTask.class, "Ada", "--model-version", "1");
      Process bob = start(PromoteTask.class, "Bob", "--model-version", "2");
      Process eve = start(PromoteTask.class, "Eve", "--model-version", "3");
      assertThat(end(ada) + end(bob) + end(eve)).isZero();

      List<LedgerEntry> made = entriesAfter(before);
      assertThat(made).hasSizeBetween(2, 3); // the champion of before may have been promoted first
      assertThat(made).extracting(LedgerEntry::action).containsOnly(Action.PROMOTED);
      assertThat(made).extracting(LedgerEntry::who).doesNotHaveDuplicates();
      assertUnbroken();
    }
  }

  @Test
  void rollAVersionBackOnce() throws Exception {
    leaveOneHistoryWithoutAGapWhoeverIsFirst();
    LedgerEntry state = ledger.latest().orElseThrow();
    String champion = String.valueOf(state.champion().version());
    List<Process> people = new ArrayList<>();
    for (String who : List.of("Ada", "Bob", "Eve")) {
      people.add(start(RollbackTask.class, who, "--model-version", champion));
    }
    for (Process person : people) {
      assertThat(end(person)).isZero();
    }

    assertThat(entriesAfter(state.number())).hasSize(1);
    assertThat(ledger.champion()).map(Release::version).contains(state.previous().version());
    assertUnbroken();
  }

  /** Each entry continues from the one before it. */
  private void assertUnbroken() {
    List<LedgerEntry> all = entriesAfter(0);
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).before()).isEqualTo(all.get(i - 1).after());
    }
  }

  private List<LedgerEntry> entriesAfter(int number) {
    int last = ledger.latest().orElseThrow().number();
    return IntStream.rangeClosed(number + 1, last).mapToObj(ledger::entry).toList();
  }

  private Process start(Class<?> task, String who, String... more) throws IOException {
    List<String> command = TaskJvm.command(task, List.of());
    command.addAll(List.of("--name=toys", "--who=" + who, "--why=at once"));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(world.environment());
    return builder.start();
  }

  private static int end(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(code).as(said).isZero();
    return code;
  }
}
