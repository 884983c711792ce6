package dev.propensity.tasks.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.artifact.S3Location;
import dev.propensity.artifact.S3Server;
import dev.propensity.foundation.Digest;
import dev.propensity.task.Task;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HistoryTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  @Test
  void showsEachEntryOnOneLineInColumns() {
    ReleaseLedger ledger = ledger("columns");
    new ReleaseActions(ledger)
        .rollBack(ledger.champion().orElseThrow(), "Ada", "complaints\nof all");
    List<LedgerEntry> entries = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      entries.add(ledger.entry(number));
    }

    List<String> lines = HistoryTable.lines(entries);
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
    assertThat(history(0, "answers")).contains("version 2 of answers answers");
    assertThat(history(2, "nothing")).contains("nothing was ever registered as nothing");
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

  private String history(int code, String name) throws IOException {
    Path result = folder.resolve("result.json");
    assertThat(
            Task.run(new HistoryTask(), S3.environment(), "--name=" + name, "--result=" + result))
        .isEqualTo(code);
    return Files.readString(result);
  }
}
