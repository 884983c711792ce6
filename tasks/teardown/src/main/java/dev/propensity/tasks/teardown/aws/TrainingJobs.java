package dev.propensity.tasks.teardown.aws;

import dev.propensity.tasks.teardown.resource.Backoff;
import dev.propensity.tasks.teardown.resource.Cost;
import dev.propensity.tasks.teardown.resource.Prices;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.ResourceConfig;
import software.amazon.awssdk.services.sagemaker.model.TrainingJobStatus;

/**
 * SageMaker's training jobs: running ones are stopped first, since only ended ones can be deleted.
 */
public final class TrainingJobs implements ResourceType {
  // 32 digits of the artifact's key, and the number of failed ones before.
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}-\\d+");
  private static final Set<TrainingJobStatus> ENDED =
      Set.of(TrainingJobStatus.COMPLETED, TrainingJobStatus.FAILED, TrainingJobStatus.STOPPED);

  private final SageMakerClient client;
  private final Stage stage;
  private final Prices prices;

  public TrainingJobs(SageMakerClient client, Stage stage, Prices prices) {
    this.client = client;
    this.stage = stage;
    this.prices = prices;
  }

  @Override
  public String plural() {
    return "training jobs";
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    Map<String, String> arns = new TreeMap<>();
    client.listTrainingJobsPaginator().stream()
        .flatMap(page -> page.trainingJobSummaries().stream())
        .filter(job -> isOurName(job.trainingJobName()))
        .forEach(job -> arns.put(job.trainingJobName(), job.trainingJobArn()));
    Set<String> taggedNames = tagged.names("sagemaker:training-job").collect(Collectors.toSet());
    taggedNames.forEach(
        name -> describe(name).ifPresent(job -> arns.put(name, job.trainingJobArn())));
    ScanResult result = new ScanResult(stage);
    SageMakerTags tags = new SageMakerTags(client);
    arns.forEach(
        (name, arn) ->
            (taggedNames.contains(name) ? tags.of(arn) : tags.ofUnlisted(arn))
                .ifPresent(its -> result.add(name, its, () -> Optional.of(resource(name)))));
    return result;
  }

  @Override
  public void delete(Resource resource) {
    Optional<DescribeTrainingJobResponse> job = describe(resource.id());
    if (job.isEmpty()) {
      return;
    }
    if (hasEnded(job.get())) {
      SageMakerErrors.unlessGoneOrBusy(
          () -> client.deleteTrainingJob(delete -> delete.trainingJobName(resource.id())));
    } else if (job.get().trainingJobStatus() != TrainingJobStatus.STOPPING) {
      SageMakerErrors.unlessGoneOrBusy(
          () -> client.stopTrainingJob(stop -> stop.trainingJobName(resource.id())));
    }
  }

  @Override
  public void await(Resource resource, Duration timeout) {
    new Backoff(timeout)
        .untilGone(
            resource.name(),
            () ->
                describe(resource.id()).map(DescribeTrainingJobResponse::trainingJobStatusAsString),
            () -> delete(resource));
  }

  private boolean isOurName(String name) {
    return NAME.matcher(name).matches() || stage.looksOwn(name);
  }

  private static boolean hasEnded(DescribeTrainingJobResponse job) {
    return ENDED.contains(job.trainingJobStatus());
  }

  private Optional<DescribeTrainingJobResponse> describe(String name) {
    return SageMakerErrors.unlessGone(
        () -> client.describeTrainingJob(describe -> describe.trainingJobName(name)));
  }

  private Resource resource(String name) {
    Optional<DescribeTrainingJobResponse> job = describe(name);
    String status =
        job.map(DescribeTrainingJobResponse::trainingJobStatusAsString).orElse("deleted meanwhile");
    Cost cost =
        job.filter(there -> !hasEnded(there))
            .map(DescribeTrainingJobResponse::resourceConfig)
            .map(this::cost)
            .orElse(Cost.NOTHING);
    return new Resource(name, name, status, cost);
  }

  private Cost cost(ResourceConfig machines) {
    return machines.instanceTypeAsString() == null || machines.instanceCount() == null
        ? Cost.UNKNOWN
        : prices.instances(machines.instanceTypeAsString(), machines.instanceCount());
  }
}
