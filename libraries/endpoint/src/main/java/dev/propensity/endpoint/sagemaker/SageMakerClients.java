package dev.propensity.endpoint.sagemaker;

import dev.propensity.aws.AwsConnection;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/** The AWS clients of an endpoint, each created at first use. */
final class SageMakerClients implements AutoCloseable {
  private final AwsConnection connection;
  private @Nullable SageMakerClient control;
  private @Nullable SageMakerRuntimeClient runtime;
  private @Nullable ApplicationAutoScalingClient scaling;

  /**
   * @param region where the endpoint is, overrides the variables
   */
  SageMakerClients(Function<String, Optional<String>> variables, Optional<String> region) {
    this.connection =
        new AwsConnection(
            name ->
                name.equals("AWS_REGION")
                    ? region.or(() -> variables.apply(name))
                    : variables.apply(name));
  }

  /** Creates and describes endpoints. */
  synchronized SageMakerClient control() {
    if (control == null) {
      control = connection.client(SageMakerClient.builder(), "sagemaker");
    }
    return control;
  }

  /** Invokes endpoints. */
  synchronized SageMakerRuntimeClient runtime() {
    if (runtime == null) {
      runtime = connection.client(SageMakerRuntimeClient.builder(), "sagemaker_runtime");
    }
    return runtime;
  }

  /** Scales the number of instances. */
  synchronized ApplicationAutoScalingClient scaling() {
    if (scaling == null) {
      scaling =
          connection.client(ApplicationAutoScalingClient.builder(), "application_auto_scaling");
    }
    return scaling;
  }

  @Override
  public synchronized void close() {
    for (AutoCloseable client : new AutoCloseable[] {control, runtime, scaling}) {
      if (client != null) {
        closed(client);
      }
    }
  }

  private static void closed(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException(e); // the SDK's clients throw none
    }
  }
}
