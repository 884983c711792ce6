package dev.propensity.tasks.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.Digest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringEntry.Action;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcceptTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @Test
  void takesTheWindowsSinceTheAlarmBeganAsTheReferenceOnce() throws IOException {
    MonitoringLedger ledger =
        monitored("once", "quiet", "alarm", "quiet", "alarm", "alarm", "notice");

    TaskRun done = accept("once").succeeded();

    assertThat(done.status()).isEqualTo("done");
    assertThat(done.reason()).isEqualTo("the reference of once begins with 2026-11-04");
    List<MonitoringEntry> all = ledger.all();
    MonitoringEntry entry = all.get(all.size() - 1);
    assertThat(done.uri()).isEqualTo(ledger.location(entry));
    assertThat(entry.action()).isEqualTo(Action.ACCEPTED);
    assertThat(entry.who()).isEqualTo("Ada");
    assertThat(entry.why()).isEqualTo("a campaign");
    assertThat(windows(all)).containsExactly("2026-11-04", "2026-11-05", "2026-11-06");

    assertThat(accept("once").succeeded().status()).isEqualTo("unchanged");
    assertThat(ledger.all()).hasSize(all.size());
  }

  @Test
  void takesTheWindowsFromTheGivenOne() throws IOException {
    MonitoringLedger ledger = monitored("given", "quiet", "quiet", "quiet");
    accept("given", "--from=2026-11-02").succeeded();
    assertThat(windows(ledger.all())).containsExactly("2026-11-02", "2026-11-03");
    assertThat(accept("given", "--from=2026-11-01").rejected())
        .isEqualTo("--from 2026-11-01 was not monitored; the last ones are 2026-11-02, 2026-11-03");
  }

  @Test
  void rejectsWhereThereIsNothingToAccept() throws IOException {
    assertThat(accept("nobody").rejected())
        .isEqualTo("nobody has no champion: nothing is monitored");
    monitored("unmonitored");
    assertThat(accept("unmonitored").rejected())
        .isEqualTo(
            "no window of the champion of unmonitored was monitored yet: there is nothing to"
                + " accept");
    monitored("calm", "quiet", "notice");
    assertThat(accept("calm").rejected())
        .isEqualTo(
            "no window of calm is an alarm; to take other windows as the reference, add --from;"
                + " the last ones are 2026-11-01, 2026-11-02");
  }

  private static List<String> windows(List<MonitoringEntry> all) {
    return MonitoringLedger.series(all, Digest.of("a model")).stream()
        .map(window -> window.entry().window())
        .toList();
  }

  private static MonitoringLedger monitored(String name, String... verdicts) {
    S3Location model = S3.root().resolve(name + "/train/1");
    Release release = new Release(1, model, Digest.of("a model"), model.resolve("evaluation"));
    new ReleaseLedger(S3.store(), name)
        .append(last -> new NextEntry(name, last, "a run", "better").released(release));
    MonitoringLedger ledger = new MonitoringLedger(S3.store(), name);
    for (int day = 1; day <= verdicts.length; day++) {
      String window = "2026-11-0" + day;
      String verdict = verdicts[day - 1];
      ledger.append(
          all ->
              MonitoringEntry.monitored(
                  all.size() + 1,
                  name,
                  window,
                  release,
                  model.resolve(window),
                  model.resolve(window + "m"),
                  verdict,
                  List.of(),
                  true,
                  "a run"));
    }
    return ledger;
  }

  private static TaskRun accept(String name, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("--name=" + name, "--who=Ada", "--why=a campaign"));
    words.addAll(List.of(more));
    return TaskRunner.run(new AcceptTask(), S3.environment(), words);
  }
}
