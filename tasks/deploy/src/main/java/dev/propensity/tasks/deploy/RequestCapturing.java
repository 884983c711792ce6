package dev.propensity.tasks.deploy;

import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.task.DatasetFile;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an endpoint store requests, if the specification has the section {@code capture} and the
 * endpoint is one that stores whole requests.
 *
 * @param name the ledger's name: the dataset's with its origin
 */
record RequestCapturing(DatasetFile dataset, ArtifactStore store, String name) {
  private static final Logger LOG = LoggerFactory.getLogger(RequestCapturing.class);

  /**
   * The endpoint to deploy.
   *
   * @throws UserException if the specification is of another dataset, or rules out what such an
   *     endpoint stores; then nothing was changed
   */
  Endpoint on(Endpoint endpoint) {
    DatasetSpec spec = dataset.spec();
    if (!Origin.ofName(name).nameOf(spec.name()).equals(name)) {
      throw new UserException(
          "--dataset is " + spec.name() + ", but --release is of the ledger of " + name);
    }
    CaptureRule rule = spec.capture();
    if (rule == null || endpoint.followsByItself()) {
      return endpoint;
    }
    Optional<S3Location> folder = endpoint.requestFolder();
    if (folder.isEmpty()) {
      LOG.warn("{} captures no rows: it is serverless, or its settings have no capture", endpoint);
      return endpoint;
    }
    RequestCaptures.requireWholeRequests(rule, dataset.where());
    new RequestCaptures(store, name).register(folder.get(), rule.days());
    return endpoint.capturing(percent(rule));
  }

  /** SageMaker samples whole requests, by a whole percentage. */
  private static int percent(CaptureRule rule) {
    return (int) Math.max(1, Math.round(100 * rule.rows()));
  }
}
