package dev.propensity.tasks.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.Digest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @Test
  void fitsATerminalWithTheReasonWrappedBeneathEachEntry() {
    String who = "admin, manual__2026-11-24T16-00-05-ab12";
    String why = "the AUC of 0.8583 reaches the minimum of 0.8; ".repeat(4).strip();
    List<LedgerEntry> entries = entries("narrow", who, why);

    List<String> lines = HistoryTable.lines(entries, HistoryTable.WIDTH);

    String minute = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d";
    assertThat(lines).allMatch(line -> line.length() <= HistoryTable.WIDTH);
    assertThat(lines.get(0)).matches("number +when \\(UTC\\) +action +version +from +to +who");
    assertThat(lines.get(1)).matches("1 +" + minute + " +released +1 +- +1 +a run");
    assertThat(lines.get(2)).isEqualTo("        better");
    assertThat(lines.get(5)).matches("3 +" + minute + " +rolled back +2 +2 +1 +" + who);
    assertThat(lines.subList(6, lines.size()).stream().map(String::strip).toList())
        .hasSize(2)
        .satisfies(parts -> assertThat(String.join(" ", parts)).isEqualTo(why));
  }

  @Test
  void cutsWhatHasNoEnd() {
    List<String> lines =
        HistoryTable.lines(
            entries("endless", "Ada Lovelace ".repeat(20), "x".repeat(150)), HistoryTable.WIDTH);

    assertThat(lines).allMatch(line -> line.length() <= HistoryTable.WIDTH);
    assertThat(lines.get(5)).hasSize(HistoryTable.WIDTH).endsWith("…");
    assertThat(lines.get(6).strip() + lines.get(7).strip()).isEqualTo("x".repeat(150));
  }

  @Test
  void fitsTheWidthOfTheTerminal() {
    List<LedgerEntry> entries = entries("wider", "Ada", "x ".repeat(150).strip());

    for (int width : List.of(40, 60, 200)) {
      List<String> lines = HistoryTable.lines(entries, width);
      assertThat(lines).allMatch(line -> line.length() <= width);
      assertThat(lines.get(6)).hasSizeBetween(width - 1, width);
    }
  }

  @Test
  void takesTheWidthFromTheEnvironmentWhereItIsANumberFrom40To400() {
    assertThat(HistoryTable.width(Optional.of("40"))).isEqualTo(40);
    assertThat(HistoryTable.width(Optional.of("400"))).isEqualTo(400);
    assertThat(HistoryTable.width(Optional.empty())).isEqualTo(100);
    for (String invalid : List.of("39", "401", "0", "-80", "wide", "99999999999", "80.5")) {
      assertThat(HistoryTable.width(Optional.of(invalid))).as(invalid).isEqualTo(100);
    }
  }

  @Test
  void showsEachEntryOnOneLineInColumnsForScripts() {
    List<String> lines = HistoryTable.wide(entries("columns", "Ada", "complaints\nof all"));

    String day = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .matches("number +when +action +version +from +to +who +why +evaluation");
    assertThat(lines.get(1))
        .matches("1 +" + day + " +released +1 +- +1 +a run +better +s3://\\S+/1/evaluation");
    assertThat(lines.get(2))
        .matches("2 +" + day + " +released +2 +1 +2 +a run +better +s3://\\S+/2/evaluation");
    assertThat(lines.get(3))
        .matches(
            "3 +" + day + " +rolled back +2 +2 +1 +Ada +complaints of all +s3://\\S+/2/evaluation");
    int column = lines.get(0).indexOf("why");
    assertThat(lines.get(1).substring(column)).startsWith("better");
    assertThat(lines.get(3).substring(column)).startsWith("complaints");
  }

  @Test
  void saysWhichVersionAnswers() throws IOException {
    ledger("answers");
    assertThat(history("answers").succeeded().reason()).contains("version 2 of answers is live");
    assertThat(history("nothing").rejected()).contains("no model is registered as nothing");
  }

  /** Two releases, the second rolled back. */
  private static List<LedgerEntry> entries(String name, String who, String why) {
    ReleaseLedger ledger = ledger(name);
    new ReleaseActions(ledger).rollBack(ledger.champion().orElseThrow(), who, why);
    List<LedgerEntry> entries = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      entries.add(ledger.entry(number));
    }
    return entries;
  }

  private static ReleaseLedger ledger(String name) {
    ReleaseLedger ledger = new ReleaseLedger(S3.store(), name);
    for (int version = 1; version <= 2; version++) {
      S3Location model = S3.root().resolve(name + "/train/" + version);
      Release release =
          new Release(version, model, Digest.of("model " + version), model.resolve("evaluation"));
      ledger.append(last -> new NextEntry(name, last, "a run", "better").released(release));
    }
    return ledger;
  }

  private static TaskRun history(String name) throws IOException {
    return TaskRunner.run(new HistoryTask(), S3.environment(), "--name=" + name);
  }
}
