package dev.propensity.tasks.teardown.aws;

import dev.propensity.tasks.teardown.resource.Cost;
import dev.propensity.tasks.teardown.resource.Counted;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ApplicationAutoScalingException;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/**
 * Autoscaling targets of endpoints. A target belongs to the stage if its endpoint does, or if the
 * tagging API returns it. Its policies and their alarms are deleted with it.
 */
public final class ScalableTargets implements ResourceType {
  private final ApplicationAutoScalingClient client;
  private final SageMakerClient sagemaker;
  private final Stage stage;

  public ScalableTargets(
      ApplicationAutoScalingClient client, SageMakerClient sagemaker, Stage stage) {
    this.client = client;
    this.sagemaker = sagemaker;
    this.stage = stage;
  }

  @Override
  public String plural() {
    return "autoscaling targets";
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    ScanResult result = new ScanResult(stage);
    client
        .describeScalableTargetsPaginator(
            describe -> describe.serviceNamespace(ServiceNamespace.SAGEMAKER))
        .scalableTargets()
        .stream()
        .filter(target -> endpoint(target) != null && concerns(target, tagged))
        .forEach(
            target ->
                result.add(
                    endpoint(target), tags(target, tagged), () -> Optional.of(resource(target))));
    return result;
  }

  @Override
  public void delete(Resource resource) {
    try {
      client.deregisterScalableTarget(
          deregister ->
              deregister
                  .serviceNamespace(ServiceNamespace.SAGEMAKER)
                  .scalableDimension("sagemaker:variant:DesiredInstanceCount")
                  .resourceId(resource.id()));
    } catch (ApplicationAutoScalingException e) {
      boolean isGone =
          e instanceof ObjectNotFoundException
              || String.valueOf(e.getMessage()).contains("No scalable target found");
      if (!isGone) {
        throw e;
      }
    }
  }

  /** Other stages' endpoints are not queried: the role of one stage has no permission. */
  private boolean concerns(ScalableTarget target, TaggedArns tagged) {
    String name = endpoint(target);
    return (name != null && stage.looksOwn(name))
        || tagged.all().contains(String.valueOf(target.scalableTargetARN()))
        || tagged.names("sagemaker:endpoint").anyMatch(own -> own.equals(name));
  }

  private static Resource resource(ScalableTarget target) {
    String detail = target.minCapacity() + " to " + Counted.of(target.maxCapacity(), "instance");
    return new Resource(target.resourceId(), target.resourceId(), detail, Cost.NOTHING);
  }

  /** The endpoint of {@code endpoint/NAME/variant/NAME}; null for another form. */
  private static @Nullable String endpoint(ScalableTarget target) {
    String[] parts = target.resourceId().split("/");
    return parts.length == 4 && parts[0].equals("endpoint") ? parts[1] : null;
  }

  private Map<String, String> tags(ScalableTarget target, TaggedArns tagged) {
    if (tagged.all().contains(String.valueOf(target.scalableTargetARN()))) {
      return stage.tags();
    }
    return endpointArn(endpoint(target)).flatMap(new SageMakerTags(sagemaker)::of).orElse(Map.of());
  }

  private Optional<String> endpointArn(@Nullable String name) {
    return SageMakerErrors.unlessGone(
        () -> sagemaker.describeEndpoint(describe -> describe.endpointName(name)).endpointArn());
  }
}
