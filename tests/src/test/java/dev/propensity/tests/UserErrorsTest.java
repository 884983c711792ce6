package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Errors that the user must fix: exit 2 and one line by every task, and nothing new in the store.
 */
class UserErrorsTest {
  private static final String DATASET = "../datasets/insurance.yaml";
  private static final String HEADER =
      "id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,"
          + "Annual_Premium,Policy_Sales_Channel,Vintage,Response\n";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  private static final World WORLD = new World(S3, Optional.empty(), "right");
  private static final Map<Step, S3Location> MADE = new EnumMap<>(Step.class);

  @BeforeAll
  static void makeOneOfEach() throws IOException {
    for (Step step : Step.values()) {
      if (step != Step.REGISTER) {
        MADE.put(step, WORLD.run(step.task(), with(arguments(step), "--dataset", DATASET)));
      }
    }
  }

  private static S3Location input(Step step) {
    return step == Step.DOWNLOAD ? null : MADE.get(Step.values()[step.ordinal() - 1]);
  }

  private static String[] arguments(Step step) {
    return arguments(step, input(step));
  }

  private static String[] arguments(Step step, S3Location input) {
    return step.arguments(input, MADE.get(Step.PREPROCESS));
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void wrongCredentials(Step step) throws Exception {
    Map<String, String> environment = new HashMap<>(WORLD.environment());
    environment.put("AWS_SECRET_ACCESS_KEY", "wrong");
    rejects(environment, step, "does not accept the credentials", arguments(step));
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aStoreInABucketThatIsNotThere(Step step) throws Exception {
    Map<String, String> environment = new HashMap<>(WORLD.environment());
    environment.put("PROPENSITY_STORE", "s3://no-such-bucket/store");
    rejects(environment, step, "no such bucket: s3://no-such-bucket", arguments(step));
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void deniedAccess(Step step) throws Exception {
    HttpServer denying =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    denying.createContext(
        "/",
        exchange -> {
          byte[] body = "<Error><Code>AccessDenied</Code></Error>".getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    denying.start();
    try {
      Map<String, String> environment = new HashMap<>(WORLD.environment());
      String address = "http://127.0.0.1:" + denying.getAddress().getPort();
      environment.put("AWS_ENDPOINT_URL_S3", address);
      rejects(environment, step, "access denied to s3://", arguments(step));
    } finally {
      denying.stop(0);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "DOWNLOAD")
  void anInputThatIsNotThere(Step step) throws Exception {
    S3Location nowhere = S3Location.parse(input(step) + "0");
    rejects(step, "no artifact at " + nowhere, arguments(step, nowhere));
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "DOWNLOAD")
  void anInputOfTheWrongKind(Step step) throws Exception {
    S3Location other = MADE.get(step == Step.PREPROCESS ? Step.TRAIN : Step.DOWNLOAD);
    rejects(step, "is expected", arguments(step, other));
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "DOWNLOAD")
  void anInputWithADamagedManifest(Step step) throws Exception {
    S3Location damaged = damaged(step, Manifest.NAME);
    rejects(step, damaged.resolve(Manifest.NAME).toString(), arguments(step, damaged));
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "DOWNLOAD")
  void anInputWithADamagedFile(Step step) throws Exception {
    S3Location damaged = damaged(step, step.file());
    Map<String, String> environment = new HashMap<>(WORLD.environment());
    environment.put("PROPENSITY_STORE", "s3://propensity/fresh"); // where nothing was made of it
    rejects(environment, step, damaged.resolve(step.file()).toString(), arguments(step, damaged));
  }

  @Test
  void sourcesThatAreNoTable() throws Exception {
    rejectsSource("there.is.none.csv", "no such file");
    rejectsSource("s3://propensity/none.csv", "no such object");
    rejectsSource("s3://no-such-bucket/none.csv", "no such bucket");
    rejectsSource(file("empty.csv", ""), "empty");
    rejectsSource(file("header.csv", HEADER), "has a header and no rows");
    rejectsSource(file("broken.csv.gz", "\u001f\u008b, but not gzip"), "broken.csv.gz");
    Path zip = folder.resolve("two.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("one.csv"));
      out.putNextEntry(new ZipEntry("two.csv"));
    }
    rejectsSource(zip.toString(), "two.zip");
  }

  @Test
  void aScheduledRunWithoutKagglesCredentials() throws Exception {
    Map<String, String> environment = new HashMap<>(WORLD.environment());
    environment.put("HOME", folder.toString());
    rejects(environment, Step.DOWNLOAD, "no Kaggle credentials: set KAGGLE_USERNAME");
  }

  @Test
  void learnersAndParametersThatAreNot() throws Exception {
    String[] train = arguments(Step.TRAIN);
    rejects(Step.TRAIN, "oracle", with(train, "--learner", "oracle"));
    rejects(Step.TRAIN, "eta", with(train, "--parameters", "{\"eta\": 7}"));
    rejects(Step.TRAIN, "etta", with(train, "--parameters", "{\"etta\": 0.1}"));
  }

  private void rejectsSource(String source, String words) throws Exception {
    rejects(Step.DOWNLOAD, words, "--source", source);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1).toString();
  }

  private void rejects(Step step, String words, String... arguments) throws Exception {
    rejects(WORLD.environment(), step, words, arguments);
  }

  private void rejects(
      Map<String, String> environment, Step step, String words, String... arguments)
      throws Exception {
    List<String> before = keys();
    TaskRun run = TaskRunner.run(step.task(), environment, with(arguments, "--dataset", DATASET));
    assertThat(run.rejected()).contains(words).doesNotContain("\n");
    assertThat(run.result().has("uri")).isFalse();
    assertThat(keys()).isEqualTo(before);
  }

  /** All objects of the bucket, with their lengths and times. */
  private static List<String> keys() {
    return S3.objects().objects(new S3Location(S3.root().bucket(), ""), Optional.empty()).stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  /** A copy of the step's input, one of its files cut in half. */
  private static S3Location damaged(Step step, String file) {
    World other = new World(S3, Optional.empty(), "damaged-" + file);
    S3Location copy = other.store().root().resolve(WORLD.pathOf(input(step)));
    List<S3Location> there = S3.objects().list(input(step), Optional.empty());
    for (S3Location location : there) {
      String name = location.key().substring(input(step).key().length() + 1);
      byte[] bytes = S3.objects().read(location).orElseThrow();
      int length = name.equals(file) ? bytes.length / 2 : bytes.length;
      S3.objects().write(copy.resolve(name), Arrays.copyOf(bytes, length));
    }
    return copy;
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
