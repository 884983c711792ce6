package dev.propensity.endpoint.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings to host a stage's models on SageMaker: Terraform's output {@code sagemaker}, in the
 * variable {@value #VARIABLE}. Other keys are ignored.
 *
 * @param stage dev, uat or prod
 * @param region as {@code eu-west-1}
 * @param role the ARN that SageMaker's containers run as
 * @param image the task image's URI, by digest
 * @param subnets of the containers; none for SageMaker's own network
 * @param securityGroups as the subnets need
 * @param tags of all created resources, by key
 * @param hosting instances, capture and retention
 */
public record SageMakerSettings(
    String stage,
    String region,
    String role,
    String image,
    List<String> subnets,
    List<String> securityGroups,
    SortedMap<String, String> tags,
    Hosting hosting) {
  /** The variable that holds them. */
  public static final String VARIABLE = "PROPENSITY_SAGEMAKER";

  static final String PROJECT = "propensity:project";
  static final String ENVIRONMENT = "propensity:environment";

  /**
   * What an endpoint runs on.
   *
   * @param instanceType as {@code ml.m5.large}; empty where it is serverless
   * @param instances the least number of them
   * @param maxInstances the most that are scaled out to
   * @param invocationsPerInstance a minute: the target of autoscaling
   * @param serverless null where there are instances
   * @param capture the S3 prefix for requests and responses, below which SageMaker adds the
   *     endpoint's name; empty where none can be captured
   * @param alarms by the endpoint's name: those that roll back an update
   * @param keep how many configurations and models are kept, the one in use included
   */
  public record Hosting(
      String instanceType,
      int instances,
      int maxInstances,
      int invocationsPerInstance,
      Optional<Serverless> serverless,
      Optional<String> capture,
      Map<String, List<String>> alarms,
      int keep) {

    /** Whether the number of instances is scaled. AWS does not scale burstable instances. */
    boolean scales() {
      return serverless.isEmpty()
          && maxInstances > instances
          && !instanceType.matches("ml\\.t\\d.*");
    }
  }

  /**
   * A serverless endpoint.
   *
   * @param memoryMb 1024 to 6144, in steps of 1024
   * @param maxConcurrency requests at once
   */
  public record Serverless(int memoryMb, int maxConcurrency) {}

  /**
   * Reads the variable's text.
   *
   * @throws UserException that lists what is missing or invalid
   */
  public static SageMakerSettings parse(String json) {
    JsonNode tree =
        CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class, VARIABLE);
    Setting all = new Setting(VARIABLE, tree);
    String stage = all.at("stage").text();
    SortedMap<String, String> tags = new TreeMap<>(all.at("tags").texts());
    tags.put(PROJECT, "propensity");
    tags.put(ENVIRONMENT, stage);
    SageMakerSettings settings =
        new SageMakerSettings(
            stage,
            all.at("region").text(),
            all.at("role").text(),
            image(all.at("image"), stage),
            all.at("subnets").list(),
            all.at("security_groups").list(),
            tags,
            hosting(all.at("endpoint")));
    settings.check(all);
    return settings;
  }

  private static String image(Setting image, String stage) {
    String how =
        "%1$s has no image to deploy yet, PROPENSITY_SAGEMAKER.image is missing: make"
            + " image-push STAGE=%1$s pushes one and prints it; then run make infra-plan STAGE=%1$s"
            + " IMAGE=… and make infra-apply STAGE=%1$s";
    return image.optionalText().orElseThrow(() -> new UserException(how.formatted(stage)));
  }

  private static Hosting hosting(Setting endpoint) {
    Setting serverless = endpoint.at("serverless");
    boolean own = serverless.isAbsent();
    int instances = own ? endpoint.at("instances").number(1, 1000) : 0;
    return new Hosting(
        own ? endpoint.at("instance_type").text() : "",
        instances,
        own ? endpoint.at("max_instances").number(instances, 1000) : 0,
        own ? endpoint.at("invocations_per_instance").number(1, Integer.MAX_VALUE) : 0,
        own ? Optional.empty() : Optional.of(serverless(serverless)),
        own ? endpoint.at("capture").optionalText() : Optional.empty(),
        endpoint.at("alarms").lists(),
        endpoint.at("keep").numberOr(3, 2, 1000));
  }

  private static Serverless serverless(Setting serverless) {
    Setting memory = serverless.at("memory_mb");
    int megabytes = memory.number(1024, 6144);
    if (megabytes % 1024 != 0) {
      throw memory.wrong("a multiple of 1024");
    }
    return new Serverless(megabytes, serverless.at("max_concurrency").number(1, 200));
  }

  private void check(Setting all) {
    if (stage.equals("prod") && hosting.serverless().isEmpty() && hosting.instances() < 2) {
      throw all.at("endpoint").at("instances").wrong("2 or more in prod, in two zones");
    }
    if (subnets.isEmpty() != securityGroups.isEmpty()) {
      throw all.at("security_groups").wrong("given with subnets, and only with them");
    }
  }
}
