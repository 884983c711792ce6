package dev.propensity.endpoint.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import org.junit.jupiter.api.Test;

class FailedRolloutTest {
  private static final String PING =
      "The primary container for production variant model did not pass the ping health check."
          + " Please check CloudWatch logs for this endpoint.";
  private static final String ALARM =
      "One or more configured alarm(s) have tripped: [propensity-dev-insurance-5xx]";
  private static final String CAPACITY =
      "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error.";
  private static final String SERVICE =
      "Request to service failed. If failure persists after retry, contact customer support.";
  private static final String IMAGE =
      "The repository 'propensity-dev' does not exist in the registry.";
  private static final String DATA =
      "Could not access model data at s3://b/model.tar.gz. Please ensure that the role has"
          + " permissions.";

  @Test
  void blamesTheModelForItsContainersHealthAndForAlarms() {
    assertThat(FailedRollout.isOfTheModel(PING, false)).isTrue();
    assertThat(FailedRollout.isOfTheModel(ALARM, false)).isTrue();
    for (String reason : new String[] {CAPACITY, SERVICE, IMAGE, DATA}) {
      assertThat(FailedRollout.isOfTheModel(reason, false)).as(reason).isFalse();
    }
  }

  @Test
  void blamesTheSettingsWhereTheModelAnsweredBefore() {
    assertThat(FailedRollout.isOfTheModel(PING, true)).isFalse();
    assertThat(FailedRollout.failure(PING, PING)).isInstanceOf(UserException.class);
  }

  @Test
  void separatesUserActionFromWhatMayPass() {
    assertThat(FailedRollout.failure(IMAGE, IMAGE)).isInstanceOf(UserException.class);
    assertThat(FailedRollout.failure(DATA, DATA)).isInstanceOf(UserException.class);
    assertThat(FailedRollout.failure(CAPACITY, CAPACITY)).isInstanceOf(UnavailableException.class);
    assertThat(FailedRollout.failure(SERVICE, SERVICE)).isInstanceOf(UnavailableException.class);
  }
}
