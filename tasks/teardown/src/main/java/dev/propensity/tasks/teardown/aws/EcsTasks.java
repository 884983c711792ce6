package dev.propensity.tasks.teardown.aws;

import dev.propensity.tasks.teardown.resource.Backoff;
import dev.propensity.tasks.teardown.resource.Prices;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** Running tasks in ECS clusters; the clusters are kept. */
public final class EcsTasks implements ResourceType {
  private static final String STOPPED = "STOPPED";

  private final EcsClient client;
  private final Stage stage;
  private final Prices prices;

  public EcsTasks(EcsClient client, Stage stage, Prices prices) {
    this.client = client;
    this.stage = stage;
    this.prices = prices;
  }

  @Override
  public String plural() {
    return "running ECS tasks";
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    TreeSet<String> clusters = new TreeSet<>(tagged.names("ecs:cluster").toList());
    client.listClustersPaginator().clusterArns().stream()
        .map(TaggedArns::name)
        .filter(stage::looksOwn)
        .forEach(clusters::add);
    ScanResult result = new ScanResult(stage);
    for (String cluster : clusters) {
      for (Task task : running(cluster)) {
        Map<String, String> tags =
            task.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b));
        String name = TaggedArns.name(task.taskArn());
        result.add(name, tags, () -> Optional.of(resource(task, name)));
      }
    }
    return result;
  }

  @Override
  public void delete(Resource resource) {
    if (isStopped(resource.id())) {
      return;
    }
    client.stopTask(
        stop -> stop.cluster(cluster(resource.id())).task(resource.id()).reason("teardown"));
  }

  @Override
  public void await(Resource resource, Duration timeout) {
    new Backoff(timeout)
        .untilGone(
            resource.name(),
            () -> isStopped(resource.id()) ? Optional.empty() : Optional.of("running"),
            () -> {});
  }

  /** Whether the cluster no longer exists; ECS still lists deleted ones. */
  public boolean isClusterGone(String name) {
    List<Cluster> clusters =
        client.describeClusters(describe -> describe.clusters(name)).clusters();
    return clusters.stream().allMatch(cluster -> cluster.status().equals("INACTIVE"));
  }

  /** Whether the task definition no longer exists; ECS still lists deregistered ones. */
  public boolean isDefinitionGone(String familyAndRevision) {
    try {
      return client
              .describeTaskDefinition(describe -> describe.taskDefinition(familyAndRevision))
              .taskDefinition()
              .status()
          != TaskDefinitionStatus.ACTIVE;
    } catch (EcsException e) {
      if (e.statusCode() == 400) { // none of that name
        return true;
      }
      throw e;
    }
  }

  private Resource resource(Task task, String name) {
    String detail = task.lastStatus() + ", " + task.cpu() + " CPU units, " + task.memory() + " MiB";
    return new Resource(name, task.taskArn(), detail, prices.fargate(task.cpu(), task.memory()));
  }

  private List<Task> running(String cluster) {
    try {
      return client.listTasksPaginator(list -> list.cluster(cluster)).stream()
          .filter(page -> page.hasTaskArns() && !page.taskArns().isEmpty())
          .flatMap(page -> describe(cluster, page.taskArns()).stream())
          .toList();
    } catch (ClusterNotFoundException e) {
      return List.of();
    }
  }

  private boolean isStopped(String arn) {
    try {
      return describe(cluster(arn), List.of(arn)).stream()
          .allMatch(task -> STOPPED.equals(task.lastStatus()));
    } catch (ClusterNotFoundException e) {
      return true;
    }
  }

  private List<Task> describe(String cluster, List<String> arns) {
    return client
        .describeTasks(describe -> describe.cluster(cluster).tasks(arns).include(TaskField.TAGS))
        .tasks();
  }

  /** The cluster of {@code …:task/CLUSTER/ID}. */
  private static String cluster(String arn) {
    return TaggedArns.name(arn).replaceFirst("/.*", "");
  }
}
