package dev.propensity.tasks.accept;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the last monitored windows as the new reference. */
@Command(
    name = "accept",
    description = {
      "Takes the last monitored windows as the new reference of monitoring, after a change that is"
          + " expected to stay. Windows before them no longer count. By default, the first window is"
          + " the one in which the latest alarm began."
    })
public final class AcceptTask extends Task {
  private static final String ALARM = "alarm";

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The dataset's name, with -synthetic for a model of synthetic rows.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "WINDOW",
      description = "The first window of the new reference, such as 2026-11-29.")
  private @Nullable String from;

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "The person to record in the ledger (default: the user's name).")
  private String who = "";

  @Option(
      names = "--why",
      required = true,
      paramLabel = "TEXT",
      description = "The reason to record in the ledger, on one line.")
  private String why;

  public static void main(String... arguments) {
    Task.main(new AcceptTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    ArtifactStore store = environment().store();
    Release champion =
        new ReleaseLedger(store, name)
            .champion()
            .orElseThrow(() -> new UserException(name + " has no champion: nothing is monitored"));
    MonitoringLedger ledger = new MonitoringLedger(store, name);
    int before = ledger.all().size();
    MonitoringEntry entry = ledger.append(all -> next(all, champion));
    String text = "the reference of %s begins with %s".formatted(name, entry.window());
    return entry.number() > before
        ? Outcome.done(ledger.location(entry), text)
        : Outcome.unchanged(ledger.location(entry), text + " already, since " + entry.when());
  }

  private MonitoringEntry next(List<MonitoringEntry> all, Release champion) {
    List<MonitoringEntry> series =
        MonitoringLedger.series(all, champion.digest()).stream()
            .map(MonitoringLedger.Window::entry)
            .toList();
    String first = first(series);
    MonitoringEntry last = all.get(all.size() - 1);
    boolean isAccepted =
        last.action() == MonitoringEntry.Action.ACCEPTED
            && last.window().equals(first)
            && last.model().equals(champion.digest());
    return isAccepted
        ? last
        : MonitoringEntry.accepted(
            all.size() + 1, Origin.currentName(name), first, champion, recordedAs(who), why);
  }

  /** The chosen window; else the first of the latest windows that alarmed one after another. */
  private String first(List<MonitoringEntry> series) {
    if (series.isEmpty()) {
      throw new UserException(
          "no window of the champion of "
              + name
              + " was monitored yet: there is nothing to accept");
    }
    if (from != null) {
      return series.stream()
          .map(MonitoringEntry::window)
          .filter(from::equals)
          .findFirst()
          .orElseThrow(
              () -> new UserException("--from " + from + " was not monitored; " + windows(series)));
    }
    int last = series.size() - 1;
    while (last >= 0 && !isAlarm(series.get(last))) {
      last--;
    }
    if (last < 0) {
      throw new UserException(
          "no window of "
              + name
              + " is an alarm; to take other windows as the reference, add --from; "
              + windows(series));
    }
    while (last > 0 && isAlarm(series.get(last - 1))) {
      last--;
    }
    return series.get(last).window();
  }

  private static boolean isAlarm(MonitoringEntry entry) {
    return ALARM.equals(entry.verdict());
  }

  private static String windows(List<MonitoringEntry> series) {
    return "the last ones are "
        + series.stream()
            .skip(Math.max(0, series.size() - 7))
            .map(MonitoringEntry::window)
            .collect(Collectors.joining(", "));
  }
}
