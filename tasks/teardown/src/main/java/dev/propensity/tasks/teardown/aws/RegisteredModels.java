package dev.propensity.tasks.teardown.aws;

import dev.propensity.foundation.UserException;
import dev.propensity.tasks.teardown.resource.Cost;
import dev.propensity.tasks.teardown.resource.Counted;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import dev.propensity.tracking.RegisteredVersions;
import dev.propensity.tracking.Tracking;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Models in MLflow's registry whose files are in the stage's buckets. MLflow has no stages of this
 * kind.
 */
public final class RegisteredModels implements ResourceType {
  private final Function<String, Optional<String>> settings;
  private final Stage stage;

  /**
   * @param settings environment variables by name
   */
  public RegisteredModels(Function<String, Optional<String>> settings, Stage stage) {
    this.settings = settings;
    this.stage = stage;
  }

  @Override
  public String plural() {
    return "registered models";
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    ScanResult result = new ScanResult(stage);
    try (Tracking tracking = connect()) {
      List<RegisteredVersions> all = tracking.registeredVersions("s3://" + stage.prefix());
      for (RegisteredVersions one : all) {
        String name = one.model() + ", " + Counted.of(one.versions().size(), "version");
        result
            .own()
            .add(
                new Resource(
                    name,
                    one.model(),
                    one.complete() ? "" : "other versions are kept",
                    Cost.NOTHING));
      }
    }
    return result;
  }

  @Override
  public void delete(Resource resource) {
    try (Tracking tracking = connect()) {
      tracking.registeredVersions("s3://" + stage.prefix()).stream()
          .filter(one -> one.model().equals(resource.id()))
          .forEach(tracking::deregister);
    }
  }

  private Tracking connect() {
    return Tracking.connect(settings)
        .orElseThrow(() -> new UserException("--with-registry requires MLFLOW_TRACKING_URI"));
  }
}
