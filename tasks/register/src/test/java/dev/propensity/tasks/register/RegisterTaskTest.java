package dev.propensity.tasks.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The decisions of register, without MLflow. */
class RegisterTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;
  private Candidates candidates;
  private ReleaseLedger ledger;
  private String reason;

  @BeforeEach
  void begin() {
    candidates = new Candidates(S3.store());
    ledger = new ReleaseLedger(S3.store(), candidates.dataset());
  }

  @Test
  void releasesTheFirstModelThatPasses() throws IOException {
    Artifact model = candidates.model("one");

    LedgerEntry entry = register(evaluation(model, null, Decision.RELEASE), "done");

    assertThat(entry.number()).isEqualTo(1);
    assertThat(entry.action()).isEqualTo(Action.RELEASED);
    assertThat(entry.champion().model()).isEqualTo(model.uri());
    assertThat(entry.champion().version()).isEqualTo(1);
    assertThat(entry.who()).isEqualTo("the test");
    assertThat(reason)
        .isEqualTo("version 1 of " + candidates.dataset() + " is released: AUC 0.75 against 0.6");
  }

  @Test
  void recordsAModelThatDoesNotPassAsChallenger() throws IOException {
    LedgerEntry entry =
        register(evaluation(candidates.model("one"), null, Decision.CHALLENGER), "done");

    assertThat(entry.action()).isEqualTo(Action.CHALLENGER);
    assertThat(entry.champion()).isNull();
    assertThat(reason).contains("is a challenger: AUC 0.75 against 0.6");
  }

  @Test
  void answersWithTheEntryThereIsHoweverOftenItIsCleared() throws IOException {
    Artifact first = candidates.model("one");
    Artifact better = evaluation(first, null, Decision.RELEASE);
    Artifact worse = evaluation(candidates.model("two"), first, Decision.CHALLENGER);
    LedgerEntry released = register(better, "done");
    LedgerEntry challenged = register(worse, "done");

    assertThat(register(better, "unchanged")).isEqualTo(released);
    assertThat(reason)
        .isEqualTo(
            "unchanged since "
                + released.when()
                + ": version 1 of "
                + candidates.dataset()
                + " is the champion");
    assertThat(register(worse, "unchanged")).isEqualTo(challenged);
    assertThat(ledger.latest()).contains(challenged);
  }

  @Test
  void takesAModelOfEqualFilesForTheChampionWhateverItsKey() throws IOException {
    LedgerEntry released =
        register(evaluation(candidates.model("one"), null, Decision.RELEASE), "done");
    Artifact again = candidates.model("one", "newer code", Origin.REAL, "0.2");

    assertThat(register(evaluation(again, null, Decision.CHALLENGER), "unchanged"))
        .isEqualTo(released);
  }

  @Test
  void replacesTheChampionThatItWasComparedWith() throws IOException {
    Artifact first = candidates.model("one");
    register(evaluation(first, null, Decision.RELEASE), "done");

    LedgerEntry entry =
        register(evaluation(candidates.model("two"), first, Decision.RELEASE), "done");

    assertThat(entry.champion().version()).isEqualTo(2);
    assertThat(entry.previous().model()).isEqualTo(first.uri());
  }

  @Test
  void recordsButDoesNotReleaseAModelThatWasComparedWithAnother() throws IOException {
    Artifact first = candidates.model("one");
    Artifact second = candidates.model("two");
    Artifact third = candidates.model("three");
    register(evaluation(first, null, Decision.RELEASE), "done");
    register(evaluation(second, first, Decision.RELEASE), "done");
    Artifact outdated = evaluation(third, first, Decision.RELEASE);

    for (int i = 0; i < 2; i++) {
      assertThat(run(outdated).rejected()).contains("clear evaluate").contains("version 3");
    }
    LedgerEntry recorded = ledger.latest().orElseThrow();
    assertThat(recorded.number()).isEqualTo(3);
    assertThat(recorded.challenger().version()).isEqualTo(3);
    assertThat(recorded.champion().version()).isEqualTo(2);

    LedgerEntry released = register(evaluation(third, second, Decision.RELEASE), "done");
    assertThat(released.champion().version()).isEqualTo(3);
    assertThat(released.challenger()).isNull();
    assertThat(released.versions()).isEqualTo(3);
  }

  @Test
  void keepsAModelBackThatWasRolledBack() throws IOException {
    Artifact first = candidates.model("one");
    Artifact second = candidates.model("two");
    register(evaluation(first, null, Decision.RELEASE), "done");
    LedgerEntry bad = register(evaluation(second, first, Decision.RELEASE), "done");
    new ReleaseActions(ledger).rollBack(bad.champion(), "Ada", "complaints");
    Artifact nextNight = evaluation(second, first, Decision.RELEASE);

    LedgerEntry entry = register(nextNight, "done");
    assertThat(entry.action()).isEqualTo(Action.CHALLENGER);
    assertThat(entry.why()).isEqualTo("it was rolled back in entry 3; promote it manually");
    assertThat(entry.champion().version()).isEqualTo(1);
    assertThat(entry.versions()).isEqualTo(2);
    assertThat(register(nextNight, "unchanged")).isEqualTo(entry);
    assertThat(register(nextNight, "unchanged", "--release", "release")).isEqualTo(entry);
  }

  @Test
  void keepsAModelBackWhoseParametersAreNotTheSpecifications() throws IOException {
    Artifact odd = candidates.model("odd", "code", Origin.REAL, "0.3");
    assertThat(register(evaluation(odd, null, Decision.RELEASE), "done").action())
        .as("no champion yet")
        .isEqualTo(Action.RELEASED);
    Artifact odder = candidates.model("odder", "code", Origin.REAL, "0.4");

    LedgerEntry entry = register(evaluation(odder, odd, Decision.RELEASE), "done");

    assertThat(entry.action()).isEqualTo(Action.CHALLENGER);
    assertThat(entry.why()).contains("differ from the specification");
  }

  @Test
  void doesWhatTheRunAsksFor() throws IOException {
    Artifact first = candidates.model("one");
    Artifact second = candidates.model("two");
    assertThat(
            register(evaluation(first, null, Decision.RELEASE), "done", "--release", "challenger")
                .action())
        .isEqualTo(Action.CHALLENGER);

    LedgerEntry entry =
        register(evaluation(second, null, Decision.CHALLENGER), "done", "--release", "release");

    assertThat(entry.champion().version()).isEqualTo(2);
    assertThat(entry.why())
        .isEqualTo("the run requested a release against the verdict: AUC 0.75 against 0.6");
    assertThat(run(evaluation(first, second, Decision.RELEASE), "--release", "perhaps").rejected())
        .isEqualTo("--release is 'perhaps'; it must be auto, release or challenger");
  }

  @Test
  void keepsModelsOfSyntheticRowsApart() throws IOException {
    Artifact sample = candidates.model("one", "code", Origin.SYNTHETIC, "0.2");
    run(evaluation(sample, null, Decision.RELEASE)).succeeded();

    assertThat(ledger.latest()).isEmpty();
    assertThat(new ReleaseLedger(S3.store(), candidates.dataset() + "-synthetic").champion())
        .isPresent();
  }

  @Test
  void rejectsWhatIsNoEvaluationOfThisDataset() throws IOException {
    Artifact model = candidates.model("one");
    assertThat(run(model).rejected())
        .contains("is what train wrote; an artifact of evaluate is expected");

    Candidates others = new Candidates(S3.store());
    Artifact foreign = others.evaluation(others.model("one"), Optional.empty(), Decision.RELEASE);
    assertThat(run(foreign).rejected()).contains("belongs to " + others.dataset());

    Artifact orphan = evaluation(model, null, Decision.RELEASE);
    S3.objects().delete(model.uri().resolve("manifest.json"));
    assertThat(run(orphan).rejected()).contains("no artifact at " + model.uri());
    assertThat(ledger.latest()).isEmpty();
  }

  private Artifact evaluation(Artifact model, Artifact champion, Decision decision) {
    return candidates.evaluation(model, Optional.ofNullable(champion), decision);
  }

  private LedgerEntry register(Artifact evaluation, String status, String... more)
      throws IOException {
    TaskRun run = run(evaluation, more).succeeded();
    assertThat(run.status()).isEqualTo(status);
    return ledger.entry(run.uri());
  }

  private TaskRun run(Artifact evaluation, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dataset",
                candidates.specification(),
                "--evaluation",
                evaluation.uri().toString(),
                "--who",
                "the test"));
    arguments.addAll(Arrays.asList(more));
    TaskRun run = TaskRunner.run(new RegisterTask(), S3.environment(), arguments);
    reason = run.reason();
    return run;
  }
}
