package dev.propensity.endpoint.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.UserException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;

class SageMakerFailuresTest {
  private static final String ABSENT = "Endpoint absent of account 123456789012 not found.";

  @Test
  void saysWhatToLookAtWhereNoEndpointOfThisNameIsThere() {
    assertThat(SageMakerFailures.of(answer(ABSENT), "sagemaker:absent"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "AWS returned ValidationError for sagemaker:absent: "
                + ABSENT
                + " Check the endpoint's name and the region, AWS_REGION");
  }

  @Test
  void addsNothingToAnotherRejection() {
    assertThat(SageMakerFailures.of(answer("Too many bytes."), "sagemaker:there"))
        .hasMessage("AWS returned ValidationError for sagemaker:there: Too many bytes.");
  }

  private static ValidationErrorException answer(String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode("ValidationError").errorMessage(message).build();
    ValidationErrorException.Builder answer = ValidationErrorException.builder();
    answer.awsErrorDetails(details).statusCode(400);
    return answer.build();
  }
}
