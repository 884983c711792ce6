package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Offers;
import dev.propensity.monitoring.capture.Retention;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.capture.Capture;
import dev.propensity.tasks.serve.capture.CaptureFixture;
import dev.propensity.tasks.serve.capture.CaptureStats;
import dev.propensity.tasks.serve.capture.SegmentsOnS3;
import dev.propensity.tasks.serve.capture.SegmentsOnS3.Row;
import dev.propensity.tasks.serve.capture.SegmentsOnS3.Segment;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.monitoring.LedgerCache;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a server captures of the rows that it scores, as it is on S3 after the server stopped. */
class CaptureTest {
  private static final String PLAIN = "{identifier: plain}";
  private static final String HEADER = "customer,age,income,town,size,member\n";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir static Path folder;
  private static ServedModel first;
  private static ServedModel second;

  private String name;
  private Path spool;
  private CaptureFixture fixture;
  private ModelHolder holder;
  private Capture capture;
  private EndpointServer server;
  private Responses responses;

  @BeforeAll
  static void train() throws Exception {
    first = ModelLoader.load(Offers.trainPlain(Files.createDirectory(folder.resolve("1")), 1));
    second = ModelLoader.load(Offers.trainPlain(Files.createDirectory(folder.resolve("2")), 2));
  }

  @BeforeEach
  void prepare(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    spool = folder.resolve(name);
    fixture = new CaptureFixture(spool);
    holder = new ModelHolder(ModelStatus.waiting("").swapped(0, first, null, null));
  }

  private void start(String rule) {
    start(rule, null);
  }

  private void start(String rule, String key) {
    capture = fixture.open(name, rule, key, holder, S3::store);
    server =
        new EndpointServer(
            holder,
            ServerSettings.local(Bounds.of(16, 100_000), UploadBounds.of(64, 100_000)),
            capture,
            LedgerCache.none());
    server.start();
    capture.start();
    responses = new Responses(server.port());
  }

  private List<Segment> stop() throws IOException {
    server.stop();
    capture.close();
    server = null;
    return SegmentsOnS3.of(S3.store(), name);
  }

  @AfterEach
  void end() throws IOException {
    if (server != null) {
      stop();
    }
  }

  private static void assertAnswered(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void rowsOfCsvOfJsonAndOfUploadsAlike() throws Exception {
    start(PLAIN);
    String csv = HEADER + "c1, 40 ,1234.50,\"3.0 \",small,yes\nc2,,80.5,99.0,,no\n";
    HttpResponse<String> one = responses.csv(csv);
    HttpResponse<String> two =
        responses.json(
            "[{\"customer\": \"c1\", \"age\": \" 40\", \"income\": 1234.50, \"town\": 3,"
                + " \"size\": \"small\", \"member\": true, \"note\": \"x\"},"
                + " {\"member\": \"no\", \"town\": \"99.0\", \"income\": \"80.5\","
                + " \"customer\": \"c2\", \"age\": null}]");
    HttpResponse<String> three = responses.upload(csv.getBytes(StandardCharsets.UTF_8));
    Stream.of(one, two, three).forEach(CaptureTest::assertAnswered);
    List<Segment> segments = stop();

    S3Location retention = S3.store().root().resolve(name + "/retention/captures.json");
    assertThat(S3.objects().read(retention)).hasValue(CanonicalJson.bytes(Retention.DEFAULT));
    assertThat(segments).hasSize(1);
    Segment segment = segments.get(0);
    assertThat(segment.header().model()).isEqualTo(first.digest());
    assertThat(segment.header().name()).isEqualTo(name);
    assertThat(segment.columns()).containsExactly("age", "income", "town", "size", "member");
    assertThat(segment.key()).matches("store/captures/" + name + "/\\d{4}/\\d\\d/\\d\\d/\\d\\d/.*");
    JsonNode scores = Responses.tree(one).get("predictions");
    Map<String, String> cells =
        Map.of("age", "40", "income", "1234.50", "town", "3.0", "size", "small", "member", "yes");
    Map<String, String> fewer = Map.of("income", "80.5", "town", "99.0", "member", "no");
    assertThat(segment.rows()).hasSize(6);
    for (int i = 0; i < 6; i++) {
      Row row = segment.rows().get(i);
      assertThat(row.cells()).as("row %s", i).isEqualTo(i % 2 == 0 ? cells : fewer);
      assertThat(row.identifier()).isEqualTo(i % 2 == 0 ? "c1" : "c2");
      assertThat(row.number()).isEqualTo(i % 2 + 1);
      assertThat(row.score()).isEqualTo((float) scores.get(i % 2).get("score").asDouble());
      HttpResponse<String> response = i < 2 ? one : i < 4 ? two : three;
      assertThat(row.request())
          .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
      assertThat(row.time())
          .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
    }
    assertThat(segment.counts().answered()).isEqualTo(6);
    assertThat(segment.counts().sampledOut()).isZero();
    assertThat(segment.counts().gap()).isNull();
  }

  @Test
  void numbersWithDecimalPointsOfATableWithCommas() throws Exception {
    start(PLAIN);
    assertAnswered(responses.csv(HEADER.replace(',', ';') + "c1;40;1234,5;3,0;small;yes\n"));
    Row row = SegmentsOnS3.rows(stop()).get(0);
    assertThat(row.cells())
        .containsEntry("income", "1234.5")
        .containsEntry("town", "3,0"); // compared as text
  }

  @Test
  void noIdentifierOfRowsThatHaveNone() throws Exception {
    start(PLAIN);
    assertAnswered(responses.csv("age,income,town,size,member\n40,1,3.0,small,yes\n"));
    assertAnswered(responses.json("[{\"income\": 1, \"member\": true}]"));
    assertAnswered(
        responses.upload(
            "?identifier=row",
            (HEADER + "c1,40,1,3.0,small,yes\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(SegmentsOnS3.rows(stop())).hasSize(3).allMatch(row -> row.identifier() == null);
  }

  @Test
  void identifiersAsHmac() throws Exception {
    byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    start("{}", Base64.getEncoder().encodeToString(key));
    assertAnswered(responses.csv(HEADER + "cüstomer-1,40,1234.5,3.0,small,yes\n"));
    List<Segment> segments = stop();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String expected =
        HexFormat.of().formatHex(mac.doFinal("cüstomer-1".getBytes(StandardCharsets.UTF_8)));
    assertThat(SegmentsOnS3.rows(segments).get(0).identifier()).isEqualTo(expected);
    // sha256sum of the key begins so
    assertThat(segments.get(0).header().key()).isEqualTo("3eb1bd43");
    assertThat(text(segments)).doesNotContain("cüstomer");
  }

  private static String text(List<Segment> segments) {
    StringBuilder text = new StringBuilder();
    segments.forEach(segment -> text.append(new String(segment.bytes(), StandardCharsets.UTF_8)));
    return text.toString();
  }

  @Test
  void nothingOfExcludedColumns() throws Exception {
    start("{identifier: none, exclude: [income, town]}");
    assertAnswered(responses.csv(HEADER + "secret-1,40,7654321,3.0,small,yes\n"));
    assertAnswered(
        responses.json("[{\"customer\":\"secret-2\",\"income\":7654321,\"member\":true}]"));
    assertThat(responses.csv(HEADER + "c3,40,7654321x,3.0,small,yes\n").statusCode())
        .isEqualTo(422);
    List<Segment> segments = stop();
    assertThat(segments.get(0).columns()).containsExactly("age", "size", "member");
    assertThat(segments.get(0).header().exclude()).containsExactly("income", "town");
    assertThat(text(segments)).doesNotContain("7654321", "secret", "customer");
    assertThat(SegmentsOnS3.rows(segments).get(0).cells())
        .isEqualTo(Map.of("age", "40", "size", "small", "member", "yes"));
  }

  @Test
  void nothingWhereAnExcludedNameIsNoColumn() throws Exception {
    start("{identifier: plain, exclude: [incme]}");
    assertAnswered(responses.csv(HEADER + "secret-1,40,7654321,3.0,small,yes\n".repeat(2)));
    assertAnswered(
        responses.json("[{\"customer\":\"secret-2\",\"income\":7654321,\"member\":true}]"));
    assertThat(responses.get("/metrics").body())
        .contains("propensity_capture_dropped_rows_total{reason=\"exclude\"} 3");
    holder.set(holder.get().swapped(1, second, null, null));
    assertAnswered(responses.csv(HEADER + "secret-3,40,7654321,3.0,small,yes\n"));
    List<Segment> segments = stop();
    assertThat(text(segments)).doesNotContain("7654321", "secret");
    assertThat(SegmentsOnS3.rows(segments)).isEmpty();
    SegmentCounts counts = SegmentsOnS3.counts(segments);
    assertThat(counts.answered()).isEqualTo(4);
    assertThat(counts.dropped()).isEqualTo(4);
  }

  @Test
  void nothingOfProbes() throws Exception {
    start(PLAIN);
    byte[] csv = (HEADER + "c1,40,1234.5,3.0,small,yes\n").getBytes(StandardCharsets.UTF_8);
    assertAnswered(responses.upload(csv, "Propensity-Purpose", "probe"));
    assertAnswered(responses.csv(csv));
    SegmentCounts counts = SegmentsOnS3.counts(stop());
    assertThat(counts.rows()).isEqualTo(1);
    assertThat(counts.answered()).isEqualTo(1);
  }

  @Test
  void rejectedRowsByColumnAndRule() throws Exception {
    start(PLAIN);
    StringBuilder csv = new StringBuilder(HEADER);
    for (int row = 0; row < 30; row++) {
      csv.append("c,17,").append(row < 25 ? "1" : "x").append(",3.0,small,yes\n");
    }
    assertThat(responses.csv(csv + "c,40,1,3.0,small,yes\n").statusCode()).isEqualTo(422);
    assertThat(responses.upload(csv.toString().getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(422);
    assertThat(
            responses
                .json(
                    "[{\"age\": 17, \"income\": 1, \"member\": true}, {\"income\": 1},"
                        + " {\"income\": 1, \"member\": true}, [], {\"Income\": NaN, \"x\": NaN}]")
                .statusCode())
        .isEqualTo(422);
    List<Segment> segments = stop();
    SegmentCounts counts = SegmentsOnS3.counts(segments);
    assertThat(counts.rejectedRows()).isEqualTo(30 + 30 + 4);
    assertThat(counts.rejected())
        .isEqualTo(
            Map.of(
                "age", Map.of("out_of_range", 61L),
                "income", Map.of("not_a_number", 10L, "missing", 1L),
                "member", Map.of("missing", 2L),
                "the row", Map.of("structure", 1L, "not_finite", 2L)));
    assertThat(counts.answered()).isZero();
    assertThat(counts.rows()).isZero();
  }

  @Test
  void rowsOfTablesWhoseHeaderIsRejected() throws Exception {
    start(PLAIN);
    String rows = "1,\"a\nb\",3.0,small\n\n2,x,3.0,small\n"; // two, of three lines and an empty one
    assertThat(responses.csv("age,note,town,size\n" + rows).statusCode()).isEqualTo(422);
    byte[] twice =
        ("age,income,town,size,member,AGE,age\n" + "1,1,1,1,1,1,1\n".repeat(3)).getBytes();
    assertThat(responses.upload(twice).statusCode()).isEqualTo(422);
    assertThat(responses.csv("40,1234.5,3.0,small,yes\n".repeat(4)).statusCode()).isEqualTo(422);
    String open = "age\n1\n2\n\"3\n"; // a quote that is not closed: the rows before it count
    assertThat(responses.csv(open).statusCode()).isEqualTo(422);
    assertThat(responses.csv("").statusCode()).as("no table").isEqualTo(422);
    SegmentCounts counts = SegmentsOnS3.counts(stop());
    assertThat(counts.rejectedRows()).isEqualTo(2 + 3 + 4 + 2);
    assertThat(counts.rejected())
        .isEqualTo(
            Map.of(
                "age", Map.of("duplicate_column", 3L),
                "income", Map.of("missing_column", 4L),
                "town", Map.of("missing_column", 2L),
                "size", Map.of("missing_column", 2L),
                "member", Map.of("missing_column", 4L),
                "the row", Map.of("no_header", 4L)));
    assertThat(counts.answered()).isZero();
  }

  @Test
  void theShareOfTheRows() throws Exception {
    start("{identifier: plain, rows: 0.25}");
    for (int request = 0; request < 4; request++) {
      assertAnswered(responses.csv(Offers.plainCsv(1000, request)));
    }
    for (int request = 0; request < 100; request++) {
      assertAnswered(responses.csv(HEADER + "one,40,1234.5,3.0,small,yes\n"));
    }
    List<Segment> segments = stop();
    SegmentCounts counts = SegmentsOnS3.counts(segments);
    assertThat(counts.answered()).isEqualTo(4100);
    assertThat(counts.sampledOut()).isEqualTo(4100 - counts.rows());
    // Binomial: 1000 of 4000, and 25 of 100, each with five standard deviations.
    List<Row> rows = SegmentsOnS3.rows(segments);
    assertThat(rows.stream().filter(row -> row.identifier().equals("one")).count())
        .isBetween(3L, 47L);
    assertThat(rows.stream().filter(row -> !row.identifier().equals("one")).count())
        .isBetween(860L, 1140L);
  }

  @Test
  void aSampleOfALargeRequest() throws Exception {
    start(PLAIN);
    byte[] csv = Offers.plainCsv(25_000, 1).getBytes(StandardCharsets.UTF_8);
    assertAnswered(responses.upload(csv));
    List<Segment> segments = stop();
    SegmentCounts counts = SegmentsOnS3.counts(segments);
    assertThat(counts.answered()).isEqualTo(25_000);
    assertThat(counts.rows()).isBetween(4_500L, 10_000L);
    assertThat(counts.sampledOut()).isEqualTo(25_000 - counts.rows());
    List<Row> rows = SegmentsOnS3.rows(segments);
    assertThat(rows).hasSize((int) counts.rows());
    String[] lines = new String(csv, StandardCharsets.UTF_8).split("\n");
    double sum = 0;
    for (Row row : rows) {
      assertThat(lines[row.number()]).startsWith(row.identifier() + ",");
      assertThat(lines[row.number()]).contains("," + row.cells().get("income") + ",");
      sum += row.number();
    }
    // From all of the file: uniform on 1 to 25,000, within six standard errors.
    assertThat(sum / rows.size()).isBetween(12_500 - 650.0, 12_500 + 650.0);
  }

  @Test
  void countsWhatTheQueueHasNoRoomFor() throws Exception {
    fixture.queueBytes(20_000);
    start(PLAIN);
    String csv = Offers.plainCsv(400, 1); // more than the queue holds
    assertAnswered(responses.csv(csv));
    assertAnswered(responses.csv(HEADER + "c1,40,1234.5,3.0,small,yes\n"));
    assertAnswered(responses.csv(csv));
    String metrics = responses.get("/metrics").body();
    assertThat(metrics).contains("propensity_capture_dropped_rows_total{reason=\"queue\"} 800");
    SegmentCounts counts = SegmentsOnS3.counts(stop());
    assertThat(counts.dropped()).isEqualTo(800);
    assertThat(counts.rows()).isEqualTo(1);
    assertThat(counts.answered()).isEqualTo(801);
  }

  @Test
  void eachHourInItsOwnSegments() throws Exception {
    fixture.at("2026-11-30T12:59:59.900Z");
    start(PLAIN);
    String row = HEADER + "c1,40,1234.5,3.0,small,yes\n";
    assertAnswered(responses.csv(row));
    fixture.at("2026-11-30T13:00:00.100Z");
    assertAnswered(responses.csv(row));
    assertAnswered(responses.csv(row));
    List<Segment> segments = stop();
    String prefix = "store/captures/" + name + "/2026/11/30/";
    assertThat(segments).hasSize(2);
    assertThat(segments).anyMatch(s -> s.key().startsWith(prefix + "12/") && s.rows().size() == 1);
    assertThat(segments).anyMatch(s -> s.key().startsWith(prefix + "13/") && s.rows().size() == 2);
  }

  @Test
  void rowsByTheirOwnHourAlsoWhereTheClockIsSetBack() throws Exception {
    fixture.at("2026-11-30T13:00:01Z");
    start(PLAIN);
    String row = HEADER + "c1,40,1234.5,3.0,small,yes\n";
    assertAnswered(responses.csv(row));
    fixture.at("2026-11-30T12:10:00Z");
    assertAnswered(responses.csv(row));
    for (Segment segment : stop()) {
      String hour = Instant.ofEpochMilli(segment.rows().get(0).time()).toString().substring(11, 13);
      assertThat(segment.rows()).hasSize(1);
      assertThat(segment.key()).contains("/2026/11/30/" + hour + "/");
    }
  }

  @Test
  void aGapFromTheEarlierToTheLaterTime() throws Exception {
    Files.createDirectories(spool);
    Files.writeString(spool.resolve("running.json"), "{\"since\":\"2026-11-30T13:00:00Z\"}");
    fixture.at("2026-11-30T12:00:00Z"); // the clock was set back, or is wrong
    start(PLAIN);
    assertThat(SegmentsOnS3.counts(stop()).gap())
        .isEqualTo(new SegmentCounts.Gap("2026-11-30T12:00:00Z", "2026-11-30T13:00:00Z"));
  }

  @Test
  void noGapOfTheTimeInWhichNothingWasSent() throws Exception {
    fixture.segmentTime(Duration.ofMillis(100)).at("2026-11-30T12:00:00Z");
    start(PLAIN);
    fixture.at("2026-11-30T12:30:00Z");
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Path running = spool.resolve("running.json");
    while (!Files.exists(running) || !Files.readString(running).contains("12:30:00")) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(20);
    }
    assertThat(stop()).isEmpty();
  }

  @Test
  void eachModelInItsOwnSegments() throws Exception {
    start(PLAIN);
    String row = HEADER + "c1,40,1234.5,3.0,small,yes\n";
    assertAnswered(responses.csv(row));
    holder.set(holder.get().swapped(1, second, null, null));
    assertAnswered(responses.csv(row));
    List<Segment> segments = stop();
    assertThat(segments)
        .extracting(segment -> segment.header().model())
        .containsExactly(first.digest(), second.digest());
    assertThat(SegmentsOnS3.rows(segments)).hasSize(2);
  }

  @Test
  void closesSegmentsByTimeAndReportsCountsWithoutRows() throws Exception {
    fixture.segmentTime(Duration.ofMillis(200));
    start(PLAIN);
    assertAnswered(responses.csv(HEADER + "c1,40,1234.5,3.0,small,yes\n"));
    await(1);
    assertThat(responses.csv(HEADER + "c1,17,1234.5,3.0,small,yes\n").statusCode()).isEqualTo(422);
    await(2);
    Thread.sleep(600); // several times as long: nothing more to report
    List<Segment> segments = stop();
    assertThat(segments).hasSize(2);
    assertThat(segments.get(0).rows()).hasSize(1);
    assertThat(segments.get(1).rows()).isEmpty();
    assertThat(segments.get(1).counts().rejectedRows()).isEqualTo(1);
    assertThat(segments.get(0).header().server()).isEqualTo(segments.get(1).header().server());
  }

  private void await(int segments) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (capture.stats().segments() < segments) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void closesSegmentsBySize() throws Exception {
    fixture.segmentBytes(50_000);
    start(PLAIN);
    for (int request = 0; request < 10; request++) {
      assertAnswered(responses.csv(Offers.plainCsv(300, request)));
    }
    List<Segment> segments = stop();
    assertThat(segments.size()).isBetween(4, 10);
    assertThat(SegmentsOnS3.rows(segments)).hasSize(3000);
  }

  @Test
  void hasItsMetrics() throws Exception {
    fixture.segmentTime(Duration.ofMillis(100));
    start(PLAIN);
    assertAnswered(responses.csv(HEADER + "c1,40,1234.5,3.0,small,yes\n"));
    await(1);
    String metrics = responses.get("/metrics").body();
    assertThat(metrics)
        .contains("propensity_capture_rows_total 1.0")
        .contains("propensity_capture_dropped_rows_total{reason=\"queue\"} 0")
        .contains("propensity_capture_dropped_rows_total{reason=\"spool\"} 0")
        .contains("propensity_capture_dropped_rows_total{reason=\"disk\"} 0")
        .contains("propensity_capture_dropped_rows_total{reason=\"exclude\"} 0")
        .contains("propensity_capture_segments_total 1.0")
        .contains("propensity_capture_upload_failures_total 0.0")
        .contains("propensity_capture_queue_bytes 0.0")
        .contains("propensity_capture_spool_bytes 0.0")
        .contains("propensity_capture_spool_limit_bytes ")
        .contains("propensity_capture_upload_lag_seconds 0.0");
  }

  @Test
  void keepsFilesThatOnlyTheOwnerReadsAndNoneAfterTheUpload() throws Exception {
    start(PLAIN);
    assertAnswered(responses.csv(HEADER + "c1,40,1234.5,3.0,small,yes\n"));
    List<Path> files = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (files.stream().noneMatch(file -> file.toString().endsWith(".part"))) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      try (Stream<Path> found = Files.list(spool)) {
        files = found.toList();
      }
    }
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)))
        .isEqualTo("rwx------");
    stop();
    assertThat(spool).isDirectoryNotContaining(file -> !file.endsWith("lock"));
  }

  @Test
  void losesRowsWithoutAFailedRequestWhereTheDiskCannotBeWritten() throws Exception {
    start(PLAIN);
    Files.walk(spool).filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
    Files.delete(spool);
    for (int request = 0; request < 5; request++) {
      assertAnswered(responses.csv(Offers.plainCsv(100, request)));
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (capture.stats().dropped(CaptureStats.Reason.DISK) < 500) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(20);
    }
    assertThat(stop()).isEmpty();
  }
}
