package dev.propensity.endpoint.sagemaker;

import dev.propensity.aws.AwsConnection;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.s3.S3ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/**
 * The stand-in of an AWS account for tests, whose minutes last a tenth of a second and whose
 * containers are processes that run {@code serve}: {@code @RegisterExtension static final
 * StandInAccount ACCOUNT = new StandInAccount(…);}.
 *
 * <p>It runs from the environment {@code aws} in {@code PROPENSITY_ENVIRONMENTS}, or else in {@code
 * .propensity/environments}. Where there is none, tests are skipped, and fail where {@code
 * CI=true}.
 */
public final class StandInAccount implements BeforeAllCallback, AfterAllCallback {
  /** The account's region. */
  public static final String REGION = "eu-west-1";

  private static final String BUCKET = "propensity-dev-123456789012";
  private static final String KEY = "account";
  private static final int STOPPING_SECONDS = 5;

  private final String main;
  private Process process;
  private Path folder;
  private String url;
  private S3ObjectStore objects;

  /**
   * @param main the main class that serves, with {@code --model}, {@code --host}, {@code --port}
   */
  public StandInAccount(String main) {
    this.main = main;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path root = root();
    Path python = environments(root).resolve("aws/bin/python");
    if (!Files.isExecutable(python)) {
      String message = "no " + python + ": run make environments, or set PROPENSITY_ENVIRONMENTS";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort("skipped: " + message);
    }
    folder = Files.createTempDirectory("account");
    ProcessBuilder builder =
        new ProcessBuilder(
            python.toString(),
            "-m",
            "account",
            "--image=process:" + container(),
            "--seconds-per-step=0.1",
            "--health-seconds=60");
    builder.environment().put("PYTHONPATH", root.resolve("cloud/tests").toString());
    process = builder.redirectError(folder.resolve("log.txt").toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    url = out.readLine();
    if (url == null) {
      Assertions.fail("the account did not start:\n" + Files.readString(folder.resolve("log.txt")));
    }
    objects = new S3ObjectStore(environment());
    try (S3Client s3 =
        new AwsConnection(this::variable).client(S3Client.builder().forcePathStyle(true), "s3")) {
      s3.createBucket(
          create ->
              create
                  .bucket(BUCKET)
                  .createBucketConfiguration(place -> place.locationConstraint(REGION)));
    }
  }

  /** What acts as a container: the server, with this JVM's class path. */
  private Path container() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx160m",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main,
            "--host=127.0.0.1");
    String program =
        """
        import os
        command = %s
        command += ["--model=" + os.environ["OPT_ML"] + "/model", "--port=" + os.environ["PORT"]]
        os.execv(command[0], command)
        """
            .formatted(CanonicalJson.text(command));
    return Files.writeString(folder.resolve("container.py"), program);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    if (objects != null) {
      objects.close();
    }
    if (process != null) {
      List<ProcessHandle> containers = process.descendants().toList();
      process.destroy();
      if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
        containers.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  /** The account's address, of all its services. */
  public URI address() {
    return URI.create(url);
  }

  /** The environment of a task that uses this account. */
  public Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "AWS_ENDPOINT_URL",
            url,
            "AWS_REGION",
            REGION,
            "AWS_ACCESS_KEY_ID",
            KEY,
            "AWS_SECRET_ACCESS_KEY",
            KEY,
            "PROPENSITY_STORE",
            root("store").toString()));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment().get(name));
  }

  private static S3Location root(String prefix) {
    return new S3Location(BUCKET, prefix);
  }

  /** The artifacts in the account. */
  public ArtifactStore store() {
    return new ArtifactStore(objects, root("store"));
  }

  /** A client of its SageMaker, for the caller to close. */
  public SageMakerClient sageMaker() {
    return new AwsConnection(this::variable).client(SageMakerClient.builder(), "sagemaker");
  }

  /** A client of its autoscaling, for the caller to close. */
  public ApplicationAutoScalingClient scaling() {
    return new AwsConnection(this::variable)
        .client(ApplicationAutoScalingClient.builder(), "application_auto_scaling");
  }

  /** Lets something go wrong: {@code {"throttle": {"operation": "CreateModel", "times": 2}}}. */
  public void control(String json) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/_control"))
                .POST(BodyPublishers.ofString(json))
                .build());
    Assertions.assertEquals(200, answer.statusCode(), answer.body());
  }

  /** Makes an alarm whose state nothing but this sets: OK or ALARM. */
  public void alarm(String name, String state) {
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
    HttpResponse<String> answer =
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
    Assertions.assertEquals(200, answer.statusCode(), answer.body());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.isDirectory(folder.resolve("libraries"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static Path environments(Path root) {
    String set = System.getenv("PROPENSITY_ENVIRONMENTS");
    return set == null || set.isEmpty() ? root.resolve(".propensity/environments") : Path.of(set);
  }
}
