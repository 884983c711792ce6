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

/** Takes away what a stage has on AWS. */
@Command(
    name = "teardown",
    description = {
      "Takes away what a stage has on AWS and what Terraform does not know: autoscaling targets,",
      "endpoints, endpoint configurations, models, training jobs, running ECS tasks, images, all",
      "that lies in its buckets. Says what there is and what it costs to keep, and deletes it with",
      "--yes. Only what bears the tags propensity:project=propensity and",
      "propensity:environment=STAGE is touched; what is only named like it is listed and left",
      "alone. Goes on after an error, and may be started again at any point."
    })
public final class TeardownTask extends Task {
  @Option(
      names = "--stage",
      required = true,
      paramLabel = "STAGE",
      description = "Whose things: dev, uat or prod.")
  private String stageName;

  @Option(
      names = "--bucket",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Look at these buckets too, where neither their names nor the tagging API tell them."
              + " Without the tags they are left alone.")
  private List<String> buckets = new ArrayList<>();

  @Option(names = "--yes", description = "Delete it.")
  private boolean yes;

  @Option(
      names = "--with-registry",
      description =
          "Delete also the registered models in MLflow whose files lie in the stage's buckets,"
              + " propensity-STAGE-….")
  private boolean withRegistry;

  @Option(
      names = "--with-state",
      description =
          "Delete also the bucket of Terraform's state, propensity-STAGE-state-…: only when"
              + " terraform destroy has succeeded.")
  private boolean withState;

  @Option(
      names = "--prove",
      description =
          "Delete nothing, and fail if anything bears the tags, be it made by Terraform; what only"
              + " the tagging API still tells is looked for until --patience ends.")
  private boolean prove;

  @Option(
      names = "--patience",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description =
          "How long to wait until something is gone; by default ${DEFAULT-VALUE} minutes.")
  private double timeout;

  public static void main(String... arguments) {
    Task.main(new TeardownTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    Stage stage = new Stage(stageName);
    if (!(timeout >= 0) || timeout > 1440) {
      throw new UserException("--patience " + timeout + ": 0 to 1440 minutes");
    }
    if (prove && yes) {
      throw new UserException("--prove deletes nothing: leave out --yes");
    }
    try (Account account = new Account(environment().variables())) {
      List<ResourceType> types = types(account, stage);
      if (prove) {
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
          "not all of " + stage.name() + " could be looked at: " + errors.lines().get(0));
    }
    if (there.isEmpty()) {
      return Outcome.unchanged(null, "nothing of " + stage.name() + " is there");
    }
    if (there.size() == 0) {
      return Outcome.unchanged(null, "nothing of " + stage.name() + " to delete");
    }
    return Outcome.unchanged(
        null, "would delete " + Counted.of(there.size(), "thing") + "; --yes does it");
  }

  private Outcome delete(
      Account account, Stage stage, List<ResourceType> types, Inventory there, Errors errors) {
    new Deletion(waiting(), errors).of(there);
    // What went wrong counts by what is left: another's teardown may have been faster.
    Errors looking = new Errors();
    List<String> left = Inventory.of(account, stage, types, looking).names();
    if (left.isEmpty() && looking.lines().isEmpty()) {
      return there.size() == 0
          ? Outcome.unchanged(null, "nothing of " + stage.name() + " to delete")
          : new Outcome(Outcome.Status.DONE, null, "deleted " + Counted.of(there.size(), "thing"));
    }
    throw new UnavailableException(
        (left.isEmpty()
                ? "it could not be seen whether all of " + stage.name() + " is gone"
                : Counted.of(left.size(), "thing") + " of " + stage.name() + " left: " + join(left))
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
