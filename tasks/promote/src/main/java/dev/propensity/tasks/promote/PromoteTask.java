package dev.propensity.tasks.promote;

import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import dev.propensity.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a registered version the champion. */
@Command(
    name = "promote",
    description =
        "Makes a registered version the champion, even if it was rolled back before. The"
            + " endpoint loads it by itself.")
public final class PromoteTask extends Task {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The dataset's name, with -synthetic for a model of synthetic rows.")
  private String name;

  @Option(
      names = "--model-version",
      required = true,
      paramLabel = "NUMBER",
      description = "The version to promote.")
  private int version;

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
    Task.main(new PromoteTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    ReleaseLedger ledger = new ReleaseLedger(environment().store(), name);
    int before = ledger.latest().map(LedgerEntry::number).orElse(0);
    String user = recordedAs(who);
    LedgerEntry entry = new ReleaseActions(ledger).promote(version, user, why);
    Tracking.mirrorIfReachable(environment()::get, ledger);
    String champion = "version " + version + " of " + name + " is the champion";
    return entry.number() > before && entry.action() == Action.PROMOTED
        ? Outcome.done(ledger.location(entry.number()), champion)
        : Outcome.unchanged(
            ledger.location(entry.number()), champion + " already, since " + entry.when());
  }
}
