package dev.propensity.tasks.verify;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares files with their recorded digests, back to the raw data. */
@Command(
    name = "verify",
    description = {
      "Compares every file of an artifact, and of all artifacts it was derived from back to the"
          + " raw data, with its recorded digest. Lists the files that differ, and then exits"
          + " with 2."
    })
public final class VerifyTask extends Task {
  @ArgGroup(multiplicity = "1")
  private VerifyTarget target;

  static final class VerifyTarget {
    @Option(names = "--uri", paramLabel = "URI", description = "Any artifact.")
    private String uri;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description =
            "A dataset's name, with -synthetic for synthetic rows: its champion and the"
                + " evaluation that released it, from the ledger.")
    private String name;
  }

  @Option(
      names = "--model-version",
      paramLabel = "NUMBER",
      description = "With --name: this version instead of the champion.")
  private Integer version;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "A local copy of the artifact's files, or of the version's model, to compare instead.")
  private Path folder;

  public static void main(String... arguments) {
    Task.main(new VerifyTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    ArtifactStore store = environment().store();
    Verification verification = new Verification(store);
    if (target.uri != null) {
      if (version != null) {
        throw new UserException("--model-version requires --name; it cannot be used with --uri");
      }
      S3Location uri = S3Location.parse(target.uri);
      verify(verification, verification.artifact(uri));
      return verification.outcome(uri);
    }
    Release release = release(new ReleaseLedger(store, target.name));
    Artifact model = verification.artifact(release.model());
    if (!Release.digestOf(model).equals(release.digest())) {
      verification.fault(model.uri() + " is not the model that the ledger recorded");
    }
    verify(verification, model);
    if (folder == null) {
      verification.withInputs(verification.artifact(release.evaluation()));
    }
    return verification.outcome(release.model());
  }

  private void verify(Verification verification, Artifact artifact) {
    if (folder == null) {
      verification.withInputs(artifact);
    } else {
      verification.copy(artifact, folder);
    }
  }

  private Release release(ReleaseLedger ledger) {
    LedgerEntry state =
        ledger
            .latest()
            .orElseThrow(() -> new UserException("no model is registered as " + target.name));
    if (version != null) {
      return new ReleaseActions(ledger).version(state, version);
    }
    if (state.champion() == null) {
      throw new UserException(target.name + " has no champion: choose a version");
    }
    return state.champion();
  }
}
