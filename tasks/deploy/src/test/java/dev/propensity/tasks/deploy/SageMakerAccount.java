package dev.propensity.tasks.deploy;

import dev.propensity.faults.TaskJvm;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.SimulatedAccount;
import dev.propensity.storage.s3.S3ObjectStore;
import dev.propensity.tasks.serve.ServeTask;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/**
 * A simulated AWS account whose containers are processes that run {@code serve}, or small ones that
 * return recorded scores, and whose minutes last a tenth of a second.
 */
final class SageMakerAccount extends SimulatedAccount {
  private static final String BUCKET = "propensity-dev-123456789012";
  private static final S3Location STORE = new S3Location(BUCKET, "store");

  private final boolean serves;
  private S3ObjectStore objects;

  SageMakerAccount() {
    this(true);
  }

  private SageMakerAccount(boolean serves) {
    this.serves = serves;
  }

  /** An account whose containers start at once: where they serve is not what is tested. */
  static SageMakerAccount ofRecordedScores() {
    return new SageMakerAccount(false);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    super.beforeAll(context);
    objects = new S3ObjectStore(environment());
    createBucket(BUCKET);
  }

  @Override
  protected List<String> options(Path tests) throws IOException {
    Path container = serves ? container() : tests.resolve("recorded_container.py");
    String step = serves ? "0.1" : "0.02";
    return List.of(
        "--image=process:" + container, "--seconds-per-step=" + step, "--health-seconds=60");
  }

  /** What acts as a container: the server. */
  private static Path container() throws IOException {
    List<String> command = TaskJvm.command(ServeTask.class, List.of("-Xmx160m"));
    command.add("--host=127.0.0.1");
    String program =
        """
        import os
        command = %s
        command += ["--model=" + os.environ["OPT_ML"] + "/model", "--port=" + os.environ["PORT"]]
        os.execv(command[0], command)
        """
            .formatted(CanonicalJson.text(command));
    return Files.writeString(Files.createTempFile("container", ".py"), program);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (objects != null) {
      objects.close();
    }
    super.afterAll(context);
  }

  /** The environment of a task that uses this account. */
  @Override
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(super.environment());
    environment.put("PROPENSITY_STORE", STORE.toString());
    return environment;
  }

  /** The artifacts in the account. */
  ArtifactStore store() {
    return new ArtifactStore(objects, STORE);
  }

  /** A client of its SageMaker, closed by the caller. */
  SageMakerClient sageMaker() {
    return connection().client(SageMakerClient.builder(), "sagemaker");
  }

  /** A client of its autoscaling, closed by the caller. */
  ApplicationAutoScalingClient scaling() {
    return connection().client(ApplicationAutoScalingClient.builder(), "application_auto_scaling");
  }

  /** Creates an alarm whose state is set only here: OK or ALARM. */
  void alarm(String name, String state) {
    cloudWatch(
        Map.of(
            "Action", "PutMetricAlarm",
            "AlarmName", name,
            "Namespace", "tests",
            "MetricName", "none",
            "ComparisonOperator", "GreaterThanThreshold",
            "EvaluationPeriods", "1",
            "Period", "60",
            "Statistic", "Sum",
            "Threshold", "1"));
    cloudWatch(
        Map.of(
            "Action",
            "SetAlarmState",
            "AlarmName",
            name,
            "StateValue",
            state,
            "StateReason",
            "a test"));
  }

  private void cloudWatch(Map<String, String> parameters) {
    String form =
        parameters.entrySet().stream()
            .map(
                one ->
                    one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "Version=2010-08-01&", ""));
    send(
        HttpRequest.newBuilder(address())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=account/20260101/"
                    + REGION
                    + "/monitoring/aws4_request, SignedHeaders=host, Signature=0")
            .POST(BodyPublishers.ofString(form))
            .build());
  }
}
