package dev.propensity.tasks.teardown;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tasks.teardown.aws.RegisteredModels;
import dev.propensity.tasks.teardown.resource.Counted;
import dev.propensity.tasks.teardown.resource.Errors;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes a stage's resources on AWS. */
@Command(
    name = "teardown",
    description = {
      "Lists a stage's resources on AWS that the tasks created, with their cost, and deletes them"
          + " with --yes: autoscaling targets, endpoints, endpoint configurations, models,"
          + " training jobs, running ECS tasks, images, and the contents of the stage's buckets."
          + " Resources that Terraform manages are listed and kept. Deletes resources only if they"
          + " have both tags, propensity:project=propensity and propensity:environment=STAGE, and"
          + " the autoscaling targets of such endpoints; lists and skips others with similar names."
          + " Continues after errors, and can be run again at any time."
    })
public final class TeardownTask extends Task {
  @Option(
      names = "--stage",
      required = true,
      paramLabel = "STAGE",
      description = "The stage: dev, uat or prod.")
  private String stageName;

  @Option(
      names = "--bucket",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Also scan these buckets, for which neither the name nor the tagging API shows that they"
              + " belong to the stage. Without the tags, they are skipped.")
  private List<String> buckets = new ArrayList<>();

  @Option(names = "--yes", description = "Delete the listed resources.")
  private boolean yes;

  @Option(
      names = "--with-registry",
      description =
          "Include the registered models in MLflow whose files are in the stage's buckets,"
              + " propensity-STAGE-…; MLFLOW_TRACKING_URI must be set. They have no tags.")
  private boolean withRegistry;

  @Option(
      names = "--with-state",
      description =
          "Include the bucket of Terraform's state, propensity-STAGE-state-…, and its contents. Use"
              + " it only after terraform destroy has succeeded.")
  private boolean withState;

  @Option(
      names = "--verify",
      description =
          "Delete nothing, and fail if any resource with the tags remains, including those that"
              + " Terraform manages. Resources that only the tagging API still returns are checked"
              + " again until the timeout.")
  private boolean verify;

  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description =
          "How long to wait for each deletion and, with --verify, for the tagging API, in minutes"
              + " (default: ${DEFAULT-VALUE}).")
  private double timeout;

  public static void main(String... arguments) {
    Task.main(new TeardownTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    Stage stage = new Stage(stageName);
    if (!(timeout >= 0) || timeout > 1440) {
      throw new UserException("--timeout " + timeout + ": it must be from 0 to 1440 minutes");
    }
    if (verify && yes) {
      throw new UserException("--verify deletes nothing: omit --yes");
    }
    try (Account account = new Account(environment().variables())) {
      List<ResourceType> types = types(account, stage);
      if (verify) {
        return new TeardownVerifier(account, stage, types, this::print).verify(waiting());
      }
      Errors errors = new Errors();
      Inventory there = Inventory.of(account, stage, types, errors);
      there.print(this::print);
      return yes ? delete(account, stage, types, there, errors) : report(stage, there, errors);
    }
  }

  private List<ResourceType> types(Account account, Stage stage) {
    List<ResourceType> types = new ArrayList<>(account.types(stage, buckets, withState));
    if (withRegistry) {
      environment().require("MLFLOW_TRACKING_URI");
      types.add(new RegisteredModels(environment()::get, stage));
    }
    return types;
  }

  private static Outcome report(Stage stage, Inventory there, Errors errors) {
    if (!errors.lines().isEmpty()) {
      throw new UnavailableException(
          "not all resources of " + stage.name() + " could be read: " + errors.lines().get(0));
    }
    if (there.isEmpty()) {
      return Outcome.unchanged(null, stage.name() + " has no resources");
    }
    if (there.size() == 0) {
      return Outcome.unchanged(null, "nothing to delete in " + stage.name());
    }
    return Outcome.unchanged(
        null, "would delete " + Counted.of(there.size(), "resource") + "; to delete, add --yes");
  }

  private Outcome delete(
      Account account, Stage stage, List<ResourceType> types, Inventory there, Errors errors) {
    new Deletion(waiting(), errors).of(there);
    // Errors matter only if something is left: a concurrent teardown may have deleted it first.
    Errors looking = new Errors();
    List<String> left = Inventory.of(account, stage, types, looking).names();
    if (left.isEmpty() && looking.lines().isEmpty()) {
      return there.size() == 0
          ? Outcome.unchanged(null, "nothing to delete in " + stage.name())
          : new Outcome(
              Outcome.Status.DONE, null, "deleted " + Counted.of(there.size(), "resource"));
    }
    throw new UnavailableException(
        (left.isEmpty()
                ? "it could not be verified that all resources of " + stage.name() + " are deleted"
                : Counted.of(left.size(), "resource")
                    + " of "
                    + stage.name()
                    + " left: "
                    + join(left))
            + (looking.lines().isEmpty() ? "" : "; " + join(looking.lines()))
            + "; run it again");
  }

  private static String join(List<String> all) {
    return String.join(", ", all);
  }

  private Duration waiting() {
    return Duration.ofMillis((long) (timeout * 60_000));
  }
}
