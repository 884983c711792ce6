package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Offers;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.storage.ArtifactStore;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** S3 is away while a server captures: no request fails, and each row is on S3 or is counted. */
class CaptureOutageTest {
  private static final int CONNECTIONS = 4;
  private static final int ROWS = 40;

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir static Path folder;
  private static ServedModel model;

  @BeforeAll
  static void train() throws Exception {
    model = ModelLoader.load(Offers.trainPlain(Files.createDirectory(folder.resolve("model")), 1));
  }

  @Test
  void uploadsAllRowsAfterItWhereTheSpoolHasRoom() throws Exception {
    SegmentCounts counts = outage("outage-short", 256 << 20, false);
    assertThat(counts.dropped()).isZero();
  }

  @Test
  void dropsTheOldestSegmentsWhereTheSpoolIsFull() throws Exception {
    SegmentCounts counts = outage("outage-long", 8 << 20, true);
    assertThat(counts.dropped()).isPositive();
  }

  /**
   * @param full whether S3 is away until the spool is full
   */
  private SegmentCounts outage(String name, long spoolBytes, boolean full) throws Exception {
    ModelHolder holder = new ModelHolder(ModelStatus.waiting("").swapped(0, model, null, null));
    CaptureFixture fixture =
        new CaptureFixture(folder.resolve(name))
            .spoolBytes(spoolBytes)
            .segmentTime(Duration.ofMillis(100))
            .stopTime(Duration.ofSeconds(60));
    try (Relay relay = new Relay(S3.endpoint())) {
      Map<String, String> environment = new HashMap<>(S3.environment());
      environment.put("AWS_ENDPOINT_URL_S3", relay.address());
      ArtifactStore store = new ArtifactStore(new S3ObjectStore(environment), S3.root());
      Capture capture = fixture.open(name, "{identifier: plain}", null, holder, () -> store);
      EndpointServer server =
          new EndpointServer(
              holder,
              ServerSettings.local(Bounds.of(16, 1000), UploadBounds.of(1, 100)),
              capture,
              LedgerCache.none());
      server.start();
      relay.join();
      capture.start();
      int requests = load(server.port(), capture, relay, full);
      server.stop();
      capture.close();
      assertThat(capture.stats().failures()).isPositive();
      assertThat(capture.spoolBytes()).isZero();

      List<Segment> segments = SegmentsOnS3.of(S3.store(), name);
      SegmentCounts counts = SegmentsOnS3.counts(segments);
      assertThat(SegmentsOnS3.rows(segments)).hasSize((int) counts.rows());
      assertThat(SegmentsOnS3.rows(segments).stream().map(row -> row.request() + row.number()))
          .doesNotHaveDuplicates();
      assertThat(counts.answered()).isEqualTo((long) requests * ROWS);
      assertThat(counts.dropped()).isEqualTo(counts.answered() - counts.rows());
      assertThat(capture.stats().dropped(CaptureStats.Reason.SPOOL)).isEqualTo(counts.dropped());
      return counts;
    }
  }

  /** Sends requests while S3 is there, away, and there again; returns how many. */
  private static int load(int port, Capture capture, Relay relay, boolean full) throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<Integer>> clients = new ArrayList<>();
    for (int client = 0; client < CONNECTIONS; client++) {
      String csv = Offers.plainCsv(ROWS, client);
      clients.add(
          pool.submit(
              () -> {
                Responses responses = new Responses(port);
                int count = 0;
                while (!ends.get()) {
                  assertThat(responses.csv(csv).statusCode()).isEqualTo(200);
                  count++;
                  Thread.sleep(3);
                }
                return count;
              }));
    }
    awaitThat(() -> capture.stats().segments() >= 2);
    relay.cut();
    awaitThat(() -> capture.stats().failures() >= 2);
    awaitThat(() -> !full || capture.stats().dropped(CaptureStats.Reason.SPOOL) > 0);
    relay.join();
    long uploaded = capture.stats().segments();
    awaitThat(() -> capture.stats().segments() > uploaded);
    ends.set(true);
    int requests = 0;
    for (Future<Integer> client : clients) {
      requests += client.get();
    }
    pool.shutdown();
    return requests;
  }

  private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
