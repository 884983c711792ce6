package dev.propensity.endpoint.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.endpoint.sagemaker.SageMakerSettings.Hosting;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostedModelTest {
  private static final S3Location PLACE = S3Location.parse("s3://bucket/store/model");

  @Test
  void isNamedAfterAllThatIsInIt() {
    HostedModel one = hosted("insurance", "image@1", 2);
    assertThat(one.modelName()).matches("propensity-dev-insurance-[0-9a-f]{16}");
    assertThat(hosted("insurance", "image@1", 2).configurationName())
        .isEqualTo(one.configurationName());
    HostedModel more = hosted("insurance", "image@1", 3);
    assertThat(more.modelName()).isEqualTo(one.modelName());
    assertThat(more.configurationName()).isNotEqualTo(one.configurationName());
    HostedModel other = hosted("insurance", "image@2", 2);
    assertThat(other.modelName()).isNotEqualTo(one.modelName());
    assertThat(other.configurationName()).isNotEqualTo(one.configurationName());
  }

  @Test
  void shortensNamesThatSageMakerWouldReject() {
    assertThat(hosted("a_long_name_of_a_data_set_with_many_words-synthetic", "i", 1).modelName())
        .hasSizeLessThanOrEqualTo(63)
        .matches("[a-zA-Z0-9](-*[a-zA-Z0-9])*")
        .startsWith("propensity-dev-a-long-name-of-a-data-set");
  }

  @Test
  void capturesAndIsolatesWhereThereAreInstances() {
    HostedModel one = hosted("insurance", "image@1", 2, 30);
    assertThat(one.model().enableNetworkIsolation()).isTrue();
    assertThat(one.configuration().dataCaptureConfig().destinationS3Uri()).isEqualTo("s3://c");
    assertThat(one.configuration().dataCaptureConfig().initialSamplingPercentage()).isEqualTo(30);
    HostedModel none = hosted("insurance", "image@1", 2);
    assertThat(none.configuration().dataCaptureConfig()).isNull();
    assertThat(none.configurationName()).isNotEqualTo(one.configurationName());
    assertThat(Deployment.of(one.settings().hosting(), "e", 2, false).autoRollbackConfiguration())
        .isNotNull();
    assertThat(Deployment.of(one.settings().hosting(), "e", 2, true).autoRollbackConfiguration())
        .isNull();
  }

  private static HostedModel hosted(String dataset, String image, int instances) {
    return hosted(dataset, image, instances, 0);
  }

  private static HostedModel hosted(String dataset, String image, int instances, int percent) {
    Release release = new Release(1, PLACE, Digest.of("model"), PLACE);
    Hosting hosting =
        new Hosting(
            "ml.m5.large",
            instances,
            4,
            100,
            Optional.empty(),
            Optional.of("s3://c"),
            Map.of("e", List.of("alarm")),
            3);
    SageMakerSettings settings =
        new SageMakerSettings(
            "dev", "eu-west-1", "role", image, List.of(), List.of(), new TreeMap<>(), hosting);
    return new HostedModel("e", dataset, release, PLACE, settings, percent);
  }
}
