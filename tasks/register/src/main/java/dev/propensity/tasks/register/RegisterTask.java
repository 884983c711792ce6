package dev.propensity.tasks.register;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tasks.register.RegistrationDecision.Effect;
import dev.propensity.tasks.register.RegistrationDecision.ReleaseMode;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.ReleaseLedger;
import dev.propensity.tracking.Tracking;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records a model in the release ledger, and releases it if its evaluation passed. */
@Command(
    name = "register",
    description =
        "Records a model in the release ledger, releases it if its evaluation passed, and"
            + " mirrors the ledger in MLflow's model registry.")
public final class RegisterTask extends Task {
  @Mixin private DatasetOption dataset;

  @Option(
      names = "--evaluation",
      required = true,
      paramLabel = "URI",
      description = "The model's evaluation: the output of evaluate.")
  private String evaluationUri;

  @Option(
      names = "--release",
      defaultValue = "auto",
      paramLabel = "WHAT",
      description =
          "auto: according to the verdict, but if there is a champion, a model whose learner or"
              + " parameters differ from the specification becomes a challenger; release:"
              + " regardless of the verdict; challenger: record only (default: ${DEFAULT-VALUE}).")
  private String release;

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "The person or run to record in the ledger (default: the user's name).")
  private String who;

  public static void main(String... arguments) {
    Task.main(new RegisterTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    ArtifactStore store = environment().store();
    RegistrationCandidate candidate =
        RegistrationCandidate.find(store, dataset.spec(), S3Location.parse(evaluationUri));
    ReleaseLedger ledger = new ReleaseLedger(store, candidate.name());
    RegistrationResult result =
        new VersionRegistration(store, ledger, candidate, request(), recordedAs(who)).register();
    mirror(ledger, result.state());
    S3Location uri = ledger.location(result.entry().number());
    String message = sentence(result);
    if (result.decision().effect() == Effect.OUTDATED) {
      throw new UserException(message + ": clear evaluate to compare it again (" + uri + ")");
    }
    Outcome outcome =
        result.created() ? Outcome.done(uri, message) : Outcome.unchanged(uri, message);
    return outcome
        .with("name", result.entry().name())
        .with("version", result.entry().subject().version());
  }

  private void mirror(ReleaseLedger ledger, LedgerEntry state) {
    Optional<Tracking> connected = Tracking.connect(environment()::get);
    if (connected.isPresent()) {
      try (Tracking tracking = connected.get()) {
        tracking.mirror(ledger, state);
      }
    }
  }

  private static String sentence(RegistrationResult result) {
    LedgerEntry entry = result.entry();
    String version = "version " + entry.subject().version() + " of " + entry.name();
    return switch (result.decision().effect()) {
      case UNCHANGED ->
          "unchanged since "
              + entry.when()
              + ": version "
              + Objects.requireNonNull(entry.champion()).version()
              + " of "
              + entry.name()
              + " is the champion";
      case RELEASE -> version + " is released: " + result.decision().why();
      case CHALLENGER, OUTDATED -> version + " is a challenger: " + result.decision().why();
    };
  }

  private ReleaseMode request() {
    return switch (release) {
      case "auto" -> ReleaseMode.AUTO;
      case "release" -> ReleaseMode.RELEASE;
      case "challenger" -> ReleaseMode.CHALLENGER;
      default ->
          throw new UserException(
              "--release is '" + release + "'; it must be auto, release or challenger");
    };
  }
}
