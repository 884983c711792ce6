package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Offers;
import dev.propensity.monitoring.capture.SegmentCounts.Gap;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.capture.SegmentsOnS3;
import dev.propensity.tasks.serve.capture.SegmentsOnS3.Segment;
import dev.propensity.tasks.serve.model.Relay;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Servers in their own process that are killed under load, and what the next one reports. */
class CaptureKillTest {
  private static final int CONNECTIONS = 4;
  private static final int ROWS = 5;
  private static final String CSV = Offers.plainCsv(ROWS, 1);

  /** A request that was answered, by its id, and when it was sent and answered. */
  private record Answer(String id, Instant sent, Instant received) {}

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private String name;
  private Path spool;
  private Map<String, String> environment;

  @BeforeEach
  void prepare() {
    spool = folder.resolve("spool");
    environment = new HashMap<>(S3.environment());
  }

  private void release(String dataset) throws IOException {
    name = dataset;
    Releases releases =
        new Releases(S3.store(), name, Files.createDirectory(folder.resolve("models")));
    releases.release(releases.model(1));
  }

  @Test
  void reportTheTimeWithoutRows() throws Exception {
    kill("kill-thrice", 3);
  }

  @Test
  @Tag("faults")
  void reportTheTimeWithoutRowsAlsoWhenTheyAreKilledOften() throws Exception {
    kill("kill-often", 12);
  }

  /** Each row that was answered outside of the reported gaps is in a segment, once. */
  private void kill(String dataset, int times) throws Exception {
    release(dataset);
    Random random = new Random(times);
    for (int round = 0; round < times; round++) {
      try (ServerProcess server = start("0.3")) {
        load(server, 200 + random.nextInt(1500));
        server.kill();
      }
    }
    try (ServerProcess server = start("0.3")) {
      load(server, 500);
      stop(server);
    }
    assertThat(spool).isDirectoryNotContaining(file -> !file.endsWith("lock"));

    List<Segment> segments = SegmentsOnS3.of(S3.store(), name);
    List<Gap> gaps = segments.stream().map(s -> s.counts().gap()).filter(Objects::nonNull).toList();
    assertThat(gaps).isNotEmpty().hasSizeLessThanOrEqualTo(times);
    List<String> rows =
        SegmentsOnS3.rows(segments).stream().map(r -> r.request() + "/" + r.number()).toList();
    assertThat(rows).doesNotHaveDuplicates();
    Set<String> captured = Set.copyOf(rows);
    List<Answer> outside =
        answers.stream()
            .filter(answer -> gaps.stream().noneMatch(gap -> overlap(answer, gap)))
            .toList();
    assertThat(outside).hasSizeGreaterThan(times);
    for (Answer answer : outside) {
      for (int row = 1; row <= ROWS; row++) {
        assertThat(captured).as("%s, gaps %s", answer, gaps).contains(answer.id() + "/" + row);
      }
    }
    // At least the rows of the segment that was written at each kill are lost.
    assertThat(captured).hasSizeLessThan(ROWS * answers.size());
  }

  private static boolean overlap(Answer answer, Gap gap) {
    return !answer.received().isBefore(Instant.parse(gap.from()))
        && !answer.sent().isAfter(Instant.parse(gap.to()));
  }

  @Test
  void uploadWhatAnotherOneLeftInTheSpool() throws Exception {
    release("kill-leftover");
    try (Relay relay = new Relay(S3.endpoint()).join()) {
      environment.put("AWS_ENDPOINT_URL_S3", relay.address());
      try (ServerProcess server = start("0.1")) {
        responses(server);
        relay.cut();
        load(server, 1500);
        server.kill();
      }
      List<Path> left = files(".arrow");
      assertThat(left).isNotEmpty();
      assertThat(SegmentsOnS3.of(S3.store(), name)).isEmpty();
      Files.writeString(spool.resolve("damaged.arrow"), "no segment");
      relay.join();
      try (ServerProcess server = start("0.1")) {
        responses(server);
        stop(server);
        assertThat(server.lines())
            .anyMatch(line -> line.contains("damaged.arrow is not a segment"));
      }
      Set<String> keys =
          SegmentsOnS3.of(S3.store(), name).stream()
              .map(segment -> segment.key().replaceFirst(".*/", ""))
              .collect(Collectors.toSet());
      assertThat(keys).containsAll(left.stream().map(f -> f.getFileName().toString()).toList());
      assertThat(files("")).containsExactly(spool.resolve("lock"));
    }
  }

  @Test
  void shareNoSpool() throws Exception {
    release("kill-shared");
    try (ServerProcess one = start("60")) {
      responses(one);
      try (ServerProcess other = start("60")) {
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.lines())
            .singleElement()
            .asString()
            .contains("another server uses the folder " + spool, "set --spool");
      }
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private ServerProcess start(String seconds) throws IOException {
    return new ServerProcess(
        folder,
        environment,
        List.of("-Xmx160m"),
        "--name",
        name,
        "--port",
        "0",
        "--capture",
        "{\"identifier\": \"none\"}",
        "--spool",
        spool.toString(),
        "--segment-seconds",
        seconds);
  }

  private static void stop(ServerProcess server) throws Exception {
    server.terminate();
    assertThat(server.exit()).isEqualTo(143);
    assertThat(server.lines()).last().isEqualTo("INFO stopped");
  }

  /** A client of the server, once it has its model. */
  private static Responses responses(ServerProcess server) throws Exception {
    Responses responses = new Responses(server.port());
    while (responses.get("/ping").statusCode() != 200) {
      Thread.sleep(20);
    }
    return responses;
  }

  /** Sends requests for some time, after which some are still being answered. */
  private void load(ServerProcess server, int milliseconds) throws Exception {
    Responses responses = responses(server);
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < CONNECTIONS; client++) {
      Thread thread = new Thread(() -> send(responses));
      thread.setDaemon(true);
      thread.start();
      clients.add(thread);
    }
    Thread.sleep(milliseconds);
    clients.forEach(Thread::interrupt);
  }

  private void send(Responses responses) {
    Random random = new Random();
    try {
      while (!Thread.interrupted()) {
        String id = Long.toHexString(random.nextLong());
        Instant sent = Instant.now();
        int status =
            responses
                .send(
                    responses
                        .request("/invocations")
                        .header("Content-Type", "text/csv")
                        .header("X-Request-Id", id)
                        .POST(BodyPublishers.ofString(CSV)))
                .statusCode();
        if (status == 200) {
          answers.add(new Answer(id, sent, Instant.now()));
        }
      }
    } catch (IOException e) {
      // the server was killed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
