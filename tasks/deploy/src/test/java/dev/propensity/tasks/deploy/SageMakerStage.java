package dev.propensity.tasks.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointConfigSummary;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ModelSummary;

/** A dataset on a stage of the simulated account: its ledger, endpoint and settings. */
final class SageMakerStage implements AutoCloseable {
  private final SageMakerAccount account;
  private final SageMakerClient client;
  private final Path folder;
  final String name;
  final Releases releases;
  final Map<String, Object> hosting = new TreeMap<>();
  String image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:0";
  int timeout = 120;

  SageMakerStage(SageMakerAccount account, String name, Path folder) {
    this.account = account;
    this.client = account.sageMaker();
    this.folder = folder;
    this.name = name;
    this.releases = new Releases(account.store(), name, folder);
    hosting.putAll(
        Map.of(
            "instance_type", "ml.m5.large",
            "instances", 1,
            "max_instances", 4,
            "invocations_per_instance", 2000,
            "capture", "s3://propensity-dev-123456789012/capture",
            "keep", 3));
  }

  String endpoint() {
    return "propensity-dev-" + name;
  }

  Map<String, String> environment() {
    Map<String, String> environment = account.environment();
    environment.put(
        "PROPENSITY_SAGEMAKER",
        text(
            Map.of(
                "stage",
                "dev",
                "region",
                SageMakerAccount.REGION,
                "role",
                "arn:aws:iam::123456789012:role/propensity-dev-sagemaker",
                "image",
                image,
                "tags",
                Map.of("owner", "tests"),
                "endpoint",
                hosting)));
    return environment;
  }

  TaskRun deploy(LedgerEntry entry) throws IOException {
    return deploy(releases.uri(entry), name);
  }

  /** Deploys an entry of any ledger to this endpoint. */
  TaskRun deploy(String release, String ledger, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--release=" + release);
    arguments.add("--endpoint={\"" + ledger + "\": \"sagemaker:" + endpoint() + "\"}");
    arguments.add("--timeout=" + timeout);
    arguments.addAll(List.of(more));
    return TaskRunner.run(new DeployTask(), environment(), arguments.toArray(String[]::new));
  }

  /** Deploys until a change is in progress; {@code more} is {@code --begun} of the one before. */
  TaskRun deployWithoutWaiting(LedgerEntry entry, String... more) throws IOException {
    String[] options =
        Stream.concat(Stream.of("--no-wait"), Stream.of(more)).toArray(String[]::new);
    return deploy(releases.uri(entry), name, options);
  }

  /** Goes on after a run that waits, until one does not. */
  TaskRun deployToTheEnd(LedgerEntry entry, TaskRun waiting) throws Exception {
    TaskRun run = waiting;
    while ("waiting".equals(run.status())) {
      settled();
      run = deployAgain(entry, run);
    }
    return run;
  }

  /** Runs it again after the change for which it waits, as whoever runs the task does. */
  TaskRun deployAgain(LedgerEntry entry, TaskRun waiting) throws IOException {
    String change = begun(waiting);
    String[] options = change.isEmpty() ? new String[0] : new String[] {"--begun=" + change};
    return deployWithoutWaiting(entry, options);
  }

  /** The change in the result of a run that waits; empty where it names none. */
  static String begun(TaskRun waiting) {
    return waiting.result().at("/change/begun").asText();
  }

  /** Waits until no change is in progress, as whoever runs the task does. */
  void settled() throws InterruptedException {
    while (described().endpointStatus() != EndpointStatus.IN_SERVICE) {
      Thread.sleep(50);
    }
  }

  /** Deletes the endpoint, and waits until it is deleted. */
  void delete() throws InterruptedException {
    client.deleteEndpoint(delete -> delete.endpointName(endpoint()));
    while (!client.listEndpoints(ask -> ask.nameContains(endpoint())).endpoints().isEmpty()) {
      Thread.sleep(50);
    }
  }

  DescribeEndpointResponse described() {
    return client.describeEndpoint(ask -> ask.endpointName(endpoint()));
  }

  SageMakerClient client() {
    return client;
  }

  /** The names of the dataset's endpoint configurations. */
  List<String> configurations() {
    return client
        .listEndpointConfigs(ask -> ask.nameContains(endpoint() + "-"))
        .endpointConfigs()
        .stream()
        .map(EndpointConfigSummary::endpointConfigName)
        .toList();
  }

  /** The names of the dataset's models. */
  List<String> models() {
    return client.listModels(ask -> ask.nameContains(endpoint() + "-")).models().stream()
        .map(ModelSummary::modelName)
        .toList();
  }

  private static String text(Object value) {
    return new ObjectMapper().valueToTree(value).toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
