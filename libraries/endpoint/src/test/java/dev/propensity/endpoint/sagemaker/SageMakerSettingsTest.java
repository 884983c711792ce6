package dev.propensity.endpoint.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SageMakerSettingsTest {
  private static final String JSON =
      """
      {"stage": "dev", "region": "eu-west-1", "role": "arn:aws:iam::123456789012:role/propensity-dev-sagemaker",
       "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:0",
       "subnets": [], "security_groups": [], "tags": {"owner": "ada"}, "results": "s3://b/results",
       "endpoint": {"instance_type": "ml.m5.large", "instances": 1, "max_instances": 4,
         "invocations_per_instance": 2000, "serverless": null, "capture": "s3://b/capture",
         "alarms": {"e": ["e-5xx", "e-latency"]}, "keep": 2},
       "training": {"instance_type": "ml.m5.large"}}
      """;

  @Test
  void readsWhatTerraformTells() {
    SageMakerSettings settings = SageMakerSettings.parse(JSON);
    assertThat(settings.stage()).isEqualTo("dev");
    assertThat(settings.tags())
        .containsEntry("owner", "ada")
        .containsEntry("propensity:project", "propensity")
        .containsEntry("propensity:environment", "dev");
    assertThat(settings.hosting().maxInstances()).isEqualTo(4);
    assertThat(settings.hosting().capture()).contains("s3://b/capture");
    assertThat(settings.hosting().alarms().get("e")).containsExactly("e-5xx", "e-latency");
    assertThat(settings.hosting().keep()).isEqualTo(2);
  }

  @Test
  void anEndpointsPageIsInTheConsoleOfItsRegion() {
    try (SageMakerEndpoint endpoint = endpoint(Optional.of(JSON));
        SageMakerEndpoint unknown = endpoint(Optional.empty())) {
      assertThat(endpoint.page().map(URI::toString))
          .hasValue(
              "https://eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1"
                  + "#/endpoints/propensity-dev-insurance");
      assertThat(unknown.page()).isEmpty();
    }
  }

  private static SageMakerEndpoint endpoint(Optional<String> settings) {
    return new SageMakerEndpoint(
        "propensity-dev-insurance",
        name -> name.equals(SageMakerSettings.VARIABLE) ? settings : Optional.empty(),
        () -> null);
  }

  @Test
  void scalesInstancesThatMayBeScaled() {
    assertThat(SageMakerSettings.parse(JSON).hosting().scales()).isTrue();
    assertThat(with("ml.m5.large", "ml.t2.medium").hosting().scales()).isFalse();
    assertThat(with("\"max_instances\": 4", "\"max_instances\": 1").hosting().scales()).isFalse();
  }

  @Test
  void asksForNoInstancesWhereItIsServerless() {
    SageMakerSettings settings =
        with(
            "\"serverless\": null",
            "\"serverless\": {\"memory_mb\": 2048, \"max_concurrency\": 5}");
    assertThat(settings.hosting().serverless()).contains(new SageMakerSettings.Serverless(2048, 5));
    assertThat(settings.hosting().capture()).isEmpty();
    assertThat(settings.hosting().scales()).isFalse();
  }

  @Test
  void saysInOneLineWhatIsMissingOrWrong() {
    rejected("{", "PROPENSITY_SAGEMAKER is not valid: ");
    rejected(
        JSON.replace("\"region\"", "\"area\""),
        "PROPENSITY_SAGEMAKER.region must be a text; it is missing");
    rejected(
        JSON.replaceFirst("\"image\": \"[^\"]*\"", "\"image\": null"),
        "dev has no image to deploy yet, PROPENSITY_SAGEMAKER.image is missing: make"
            + " image-push STAGE=dev pushes one and prints it; then run make infra-plan STAGE=dev"
            + " IMAGE=… and make infra-apply STAGE=dev");
    rejected(
        JSON.replace("\"instances\": 1", "\"instances\": \"one\""),
        "PROPENSITY_SAGEMAKER.endpoint.instances must be a whole number from 1 to 1000, not \"one\"");
    rejected(
        JSON.replace("\"max_instances\": 4", "\"max_instances\": 0"),
        "PROPENSITY_SAGEMAKER.endpoint.max_instances must be a whole number from 1 to 1000, not 0");
    rejected(
        JSON.replace("\"stage\": \"dev\"", "\"stage\": \"prod\""),
        "PROPENSITY_SAGEMAKER.endpoint.instances must be 2 or more in prod, in two zones, not 1");
    rejected(
        JSON.replace("\"subnets\": []", "\"subnets\": [\"subnet-1\"]"),
        "PROPENSITY_SAGEMAKER.security_groups must be given with subnets, and only with them, not []");
    rejected(
        JSON.replace("\"subnets\": []", "\"subnets\": [1]"),
        "PROPENSITY_SAGEMAKER.subnets[0] must be a text, not 1");
    rejected(
        JSON.replace(
            "\"serverless\": null",
            "\"serverless\": {\"memory_mb\": 1500, \"max_concurrency\": 5}"),
        "PROPENSITY_SAGEMAKER.endpoint.serverless.memory_mb must be a multiple of 1024, not 1500");
  }

  private static SageMakerSettings with(String old, String now) {
    return SageMakerSettings.parse(JSON.replace(old, now));
  }

  private static void rejected(String json, String words) {
    assertThatThrownBy(() -> SageMakerSettings.parse(json))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(words);
  }
}
