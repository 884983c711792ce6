package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.propensity.faults.SmallDisk;
import dev.propensity.faults.Wiretap;
import dev.propensity.model.Offers;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.storage.s3.S3ObjectStore;
import dev.propensity.tasks.serve.capture.Capture;
import dev.propensity.tasks.serve.capture.CaptureFixture;
import dev.propensity.tasks.serve.capture.CaptureStats;
import dev.propensity.tasks.serve.capture.SegmentsOnS3;
import dev.propensity.tasks.serve.capture.SegmentsOnS3.Segment;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.Relay;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.monitoring.LedgerCache;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of S3, of the disk and of servers while rows are captured: no request fails, and each
 * answered row is on S3 once or is counted as lost.
 */
class CaptureFaultsTest {
  private static final int ROWS = 40;
  private static final String CSV = Offers.plainCsv(ROWS, 1);

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir static Path folder;
  private static ServedModel model;

  private String name;
  private Path spool;
  private CaptureFixture fixture;
  private Relay relay;
  private Capture capture;
  private EndpointServer server;
  private Responses responses;
  private long answered;

  @BeforeAll
  static void train() throws Exception {
    model = ModelLoader.load(Offers.trainPlain(Files.createDirectory(folder.resolve("model")), 1));
  }

  @BeforeEach
  void prepare(TestInfo test) throws IOException {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    relay = new Relay(S3.endpoint()).join();
    use(folder.resolve(name));
  }

  private void use(Path place) {
    spool = place;
    fixture =
        new CaptureFixture(spool)
            .segmentTime(Duration.ofMillis(100))
            .stopTime(Duration.ofSeconds(60));
  }

  @AfterEach
  void end() throws IOException {
    if (server != null) {
      stop();
    }
    relay.close();
  }

  private void start() {
    start(relay.address());
  }

  private void start(String s3) {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("AWS_ENDPOINT_URL_S3", s3);
    ArtifactStore store = new ArtifactStore(new S3ObjectStore(environment), S3.root());
    ModelHolder holder = new ModelHolder(ModelStatus.waiting("").swapped(0, model, null, null));
    capture = fixture.open(name, "{identifier: plain}", null, holder, () -> store);
    server =
        new EndpointServer(
            holder,
            ServerSettings.local(Bounds.of(16, 1000), UploadBounds.of(1, 100)),
            capture,
            LedgerCache.none());
    server.start();
    capture.start();
    responses = new Responses(server.port());
  }

  private void send(int requests) throws Exception {
    for (int i = 0; i < requests; i++) {
      assertThat(responses.csv(CSV).statusCode()).isEqualTo(200);
      answered += ROWS;
    }
  }

  private void stop() {
    server.stop();
    capture.close();
    server = null;
  }

  /** What was counted; each row that was answered is in a segment, once, or is counted as lost. */
  private SegmentCounts requireExactCounts() throws IOException {
    List<Segment> segments = SegmentsOnS3.of(S3.store(), name);
    SegmentCounts counts = SegmentsOnS3.counts(segments);
    assertThat(SegmentsOnS3.rows(segments).stream().map(row -> row.request() + "/" + row.number()))
        .doesNotHaveDuplicates()
        .hasSize((int) counts.rows());
    assertThat(counts.answered()).isEqualTo(answered);
    assertThat(counts.rows() + counts.dropped()).isEqualTo(answered);
    assertThat(counts.gap()).isNull();
    return counts;
  }

  private List<S3Location> keys() {
    S3Location captures = S3.root().resolve(SegmentHeader.folder(name));
    return S3.objects().list(captures, Optional.empty()).stream()
        .filter(location -> location.key().endsWith(".arrow"))
        .toList();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  @Test
  void aSegmentWhoseUploadWasNotConfirmedIsThereOnce() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    AtomicInteger last = new AtomicInteger(); // the response that is lost, from now on
    AtomicInteger stored = new AtomicInteger();
    try (Wiretap tap =
        new Wiretap(
            S3.endpoint(),
            () -> last.get() == 0 || last.decrementAndGet() > 0,
            request -> {
              if (request.contains(".arrow") && puts.incrementAndGet() == 1) {
                last.set(2); // after 100 Continue: S3 has the segment then
              } else if (puts.get() == 2) {
                stored.set(keys().size());
              }
            })) {
      fixture.segmentTime(Duration.ofSeconds(60));
      start(tap.address().toString());
      send(3);
      stop();
    }
    assertThat(puts).hasValue(2);
    assertThat(stored).as("segments on S3 at the second attempt").hasValue(1);
    assertThat(requireExactCounts().dropped()).isZero();
    assertThat(SegmentsOnS3.of(S3.store(), name)).hasSize(1);
    assertThat(files("")).containsExactly(spool.resolve("lock"));
  }

  @Test
  void aSegmentThatWasUploadedBeforeAKillIsThereOnce() throws Exception {
    start();
    send(3);
    stop();
    Segment uploaded = SegmentsOnS3.of(S3.store(), name).get(0);
    String file = uploaded.key().substring(uploaded.key().lastIndexOf('/') + 1);
    Files.write(spool.resolve(file), uploaded.bytes()); // killed before it was deleted
    start();
    stop();
    assertThat(requireExactCounts().dropped()).isZero();
    assertThat(files("")).containsExactly(spool.resolve("lock"));
  }

  @Test
  void rowsOfAStoppedServerWaitForTheNextOne() throws Exception {
    fixture.stopTime(Duration.ofMillis(200)).at("2026-11-30T13:00:00Z");
    relay.cut();
    start();
    send(3);
    awaitThat(() -> capture.stats().failures() > 0);
    fixture.at("2026-11-30T12:00:00Z"); // back
    assertThat(capture.lag()).isZero();
    stop();
    assertThat(files(".arrow")).isNotEmpty();
    assertThat(files("running.json")).as("a gap").isEmpty();
    assertThat(SegmentsOnS3.of(S3.store(), name)).isEmpty();

    relay.join();
    fixture.stopTime(Duration.ofSeconds(60));
    start();
    send(1);
    stop();
    assertThat(requireExactCounts().dropped()).isZero();
    assertThat(files("")).containsExactly(spool.resolve("lock"));
  }

  @Test
  void requestsAreAnsweredWhileS3DeniesAccess() throws Exception {
    answersWith(403, "AccessDenied");
  }

  @Test
  void requestsAreAnsweredWhileS3HasInternalErrors() throws Exception {
    answersWith(500, "InternalError");
  }

  private void answersWith(int status, String code) throws Exception {
    byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes();
    HttpServer failing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    failing.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    failing.start();
    try {
      start();
      send(1);
      replace(URI.create("http://127.0.0.1:" + failing.getAddress().getPort()));
      send(20);
      awaitThat(() -> capture.stats().failures() > 0);
      send(1);
      replace(S3.endpoint());
      stop();
    } finally {
      failing.stop(0);
    }
    assertThat(requireExactCounts().dropped()).isZero();
  }

  /** From now on, another server is in S3's place. */
  private void replace(URI other) throws IOException {
    relay.cut();
    relay.to(other).join();
  }

  @Test
  void requestsAreAnsweredWhileS3DoesNotRespond() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      start();
      send(1);
      replace(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
      send(20);
      try (Socket upload = silent.accept()) {
        send(20);
        assertThat(upload.isConnected()).as("it waits for a response").isTrue();
        replace(S3.endpoint());
      }
      stop();
    }
    assertThat(requireExactCounts().dropped()).isZero();
  }

  @Test
  void stopsWhileS3DoesNotRespond() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      fixture.stopTime(Duration.ofMillis(200));
      start("http://127.0.0.1:" + silent.getLocalPort());
      send(3);
      try (Socket upload = silent.accept()) {
        assertThat(upload.isConnected()).as("it waits for a response").isTrue();
        long begin = System.nanoTime();
        stop();
        // The client itself waits several times a minute for a response.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
      }
    }
    assertThat(files(".arrow")).isNotEmpty();
    fixture.stopTime(Duration.ofSeconds(60));
    start();
    stop();
    assertThat(requireExactCounts().dropped()).isZero();
  }

  @Test
  void countsSegmentsThatSomeoneDeleted() throws Exception {
    relay.cut();
    start();
    send(3);
    awaitThat(() -> capture.stats().failures() > 0);
    for (Path segment : files(".arrow")) {
      Files.delete(segment);
    }
    relay.join();
    awaitThat(() -> capture.stats().dropped(CaptureStats.Reason.DISK) > 0);
    send(1);
    stop();
    assertThat(requireExactCounts().dropped())
        .isEqualTo(capture.stats().dropped(CaptureStats.Reason.DISK));
  }

  /** Also that the counts of segments that the last one displaces are uploaded. */
  @Test
  void countsWhatAStoppingServerHasNoRoomFor() throws Exception {
    fixture.stopTime(Duration.ofMillis(200)).segmentBytes(20_000).spoolBytes(80_000);
    relay.cut();
    start();
    for (int i = 0; capture.stats().dropped(CaptureStats.Reason.SPOOL) == 0; i++) {
      assertThat(i).isLessThan(2000);
      send(5);
    }
    send(5);
    stop();
    assertThat(capture.spoolBytes()).isBetween(1L, 80_000L);
    assertThat(files("running.json")).as("a gap").isEmpty();

    relay.join();
    fixture.stopTime(Duration.ofSeconds(60)).spoolBytes(1 << 20);
    start();
    stop();
    assertThat(requireExactCounts().dropped()).isPositive();
  }

  @Test
  @Tag("faults")
  void countsWhatAFullDiskHasNoRoomFor() throws Exception {
    try (SmallDisk disk = SmallDisk.of(192)) {
      use(disk.folder().resolve("spool"));
      relay.cut();
      start();
      send(1);
      for (int i = 0; capture.stats().dropped(CaptureStats.Reason.DISK) == 0; i++) {
        assertThat(i).isLessThan(2000);
        send(5);
        Thread.sleep(5);
      }
      send(20);
      assertThat(files(".part")).hasSizeLessThan(2);
      relay.join(); // uploads make room
      long lost = capture.stats().dropped(CaptureStats.Reason.DISK);
      disk.grow(8 << 10);
      long written = capture.stats().rows();
      for (int i = 0; capture.stats().rows() == written; i++) {
        assertThat(i).isLessThan(2000);
        send(1);
        Thread.sleep(20);
      }
      stop();
      SegmentCounts counts = requireExactCounts();
      assertThat(counts.dropped())
          .isGreaterThanOrEqualTo(lost)
          .isEqualTo(capture.stats().dropped(CaptureStats.Reason.DISK));
      assertThat(files("")).containsExactly(spool.resolve("lock"));
    }
  }
}
