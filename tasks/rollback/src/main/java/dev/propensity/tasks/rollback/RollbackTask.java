package dev.propensity.tasks.rollback;

import dev.propensity.foundation.UserException;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import dev.propensity.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rolls back the champion: the one before it becomes live again. */
@Command(
    name = "rollback",
    description =
        "Rolls back the champion: the one before it becomes live again, and the model returns"
            + " only with promote. Can be repeated, back through the history. The endpoint loads"
            + " the model by itself.")
public final class RollbackTask extends Task {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The dataset's name, with -synthetic for a model of synthetic rows.")
  private String name;

  @Option(
      names = "--model-version",
      paramLabel = "NUMBER",
      description =
          "The version to roll back; rejected if it is not the champion, and ignored if it was"
              + " rolled back already (default: the champion).")
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
    Task.main(new RollbackTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    ReleaseLedger ledger = new ReleaseLedger(environment().store(), name);
    ReleaseActions actions = new ReleaseActions(ledger);
    LedgerEntry before =
        ledger.latest().orElseThrow(() -> new UserException("no model is registered as " + name));
    Release back = version == 0 ? before.champion() : actions.version(before, version);
    if (back == null) {
      throw new UserException(name + " has no champion to roll back");
    }
    if (back.isSameModelAs(before.champion()) && before.previous() == null) {
      throw new UserException(
          "version "
              + back.version()
              + " of "
              + name
              + " cannot be rolled back: there is no earlier champion; promote another version");
    }
    String user = recordedAs(who);
    LedgerEntry entry = actions.rollBack(back, user, why);
    Tracking.mirrorIfReachable(environment()::get, ledger);
    String message =
        "version "
            + back.version()
            + " of "
            + name
            + " is rolled back"
            + (entry.champion() == null
                ? ""
                : ", version " + entry.champion().version() + " is live again");
    return entry.number() > before.number()
        ? Outcome.done(ledger.location(entry.number()), message)
        : Outcome.unchanged(ledger.location(entry.number()), message + " since " + entry.when());
  }
}
