package dev.propensity.tasks.history;

import dev.propensity.foundation.UserException;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.ReleaseLedger;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a release ledger as a table. */
@Command(
    name = "history",
    description =
        "Prints a dataset's release ledger: date, action, versions, person and reason of each"
            + " entry.")
public final class HistoryTask extends Task {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The dataset's name, with -synthetic for models of synthetic rows.")
  private String name;

  @Option(
      names = "--wide",
      description = "One line per entry, not wrapped, with the URI of its evaluation: for scripts.")
  private boolean wide;

  public static void main(String... arguments) {
    Task.main(new HistoryTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    ReleaseLedger ledger = new ReleaseLedger(environment().store(), name);
    LedgerEntry last =
        ledger.latest().orElseThrow(() -> new UserException("no model is registered as " + name));
    List<LedgerEntry> entries = new ArrayList<>();
    for (int number = 1; number < last.number(); number++) {
      entries.add(ledger.entry(number));
    }
    entries.add(last);
    int width = HistoryTable.width(environment().get("COLUMNS"));
    (wide ? HistoryTable.wide(entries) : HistoryTable.lines(entries, width)).forEach(this::print);
    return Outcome.unchanged(
        null,
        last.after()
            .map(version -> "version " + version + " of " + name + " is live")
            .orElse("no version of " + name + " is live"));
  }
}
