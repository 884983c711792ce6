package dev.propensity.storage;

import dev.propensity.aws.AwsConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A simulated AWS account for tests ({@code cloud/tests/account}): {@code @RegisterExtension static
 * final SimulatedAccount ACCOUNT = new SimulatedAccount();}. Its containers are small Python
 * processes, and SageMaker's minutes last a twentieth of a second; a subclass may choose others.
 *
 * <p>It runs from the environment {@code aws} in {@code PROPENSITY_ENVIRONMENTS}, or else in {@code
 * .propensity/environments}. Where there is none, tests are skipped, and fail where {@code
 * CI=true}.
 */
public class SimulatedAccount implements BeforeAllCallback, AfterAllCallback {
  /** The account's number. */
  public static final String NUMBER = "123456789012";

  /** The account's region. */
  public static final String REGION = "eu-west-1";

  private static final int STOPPING_SECONDS = 5;

  private Process process;
  private URI address;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path root = root();
    Path program = environments(root).resolve("aws/bin/python");
    if (!Files.isExecutable(program)) {
      String message = "no Python at " + program + ": run make environments";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort("skipped: " + message);
    }
    Path tests = root.resolve("cloud/tests");
    List<String> command = new ArrayList<>(List.of(program.toString(), "-m", "account"));
    command.addAll(options(tests));
    Path log = Files.createTempFile("account", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("PYTHONPATH", tests.toString());
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    if (line == null) {
      Assertions.fail("the simulated account did not start:\n" + Files.readString(log));
    }
    address = URI.create(line.strip());
  }

  /**
   * Starts the account.
   *
   * @param tests the folder of the account's own module
   */
  protected List<String> options(Path tests) throws IOException {
    return List.of(
        "--image=process:" + tests.resolve("tiny_container.py"),
        "--seconds-per-step=0.05",
        "--grace-seconds=1");
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (process == null) {
      return; // skipped
    }
    List<ProcessHandle> containers = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
      containers.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Its URL. */
  public URI address() {
    return address;
  }

  /** The environment variables for it. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        address.toString(),
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        "key",
        "AWS_SECRET_ACCESS_KEY",
        "secret");
  }

  /** Creates its clients. */
  public final AwsConnection connection() {
    return new AwsConnection(name -> Optional.ofNullable(environment().get(name)));
  }

  /** Creates a bucket. */
  public final void createBucket(String name) {
    try (S3Client s3 = connection().client(S3Client.builder().forcePathStyle(true), "s3")) {
      s3.createBucket(
          create ->
              create
                  .bucket(name)
                  .createBucketConfiguration(place -> place.locationConstraint(REGION)));
    }
  }

  /**
   * Injects a fault, or restricts a caller.
   *
   * @param fault as {@code {"throttle": {"operation": "DeleteModel", "times": 2}}}; {@code
   *     {"clear": {}}} ends them all; {@code {"policy": {"key": "id", "statements": []}}} restricts
   *     whoever has this access key to the statements of an IAM policy
   */
  public void control(String fault) {
    send(
        HttpRequest.newBuilder(address.resolve("/_control"))
            .POST(BodyPublishers.ofString(fault))
            .build());
  }

  /** Sends a request that must succeed. */
  protected static void send(HttpRequest request) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalArgumentException(answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
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
