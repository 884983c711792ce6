package dev.propensity.tasks.performance;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tasks.outcomes.OutcomesTask;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Customers of a synthetic dataset, as an endpoint captures their scores, and their outcomes. */
public record ScoredToys(ArtifactStore store, Path work, Map<String, String> environment) {
  /** When the first customer of a segment is scored. */
  public static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  /**
   * Uploads a segment of customers c0, c1, … whose scores are 0.004, 0.008, …, as they are.
   *
   * @param id the segment's
   */
  public S3Location segment(Artifact model, String id, int customers) throws IOException {
    return segment(model, id, customers, null);
  }

  /**
   * The same with HMACs as identifiers.
   *
   * @param key of the HMACs; null for the identifiers as they are
   */
  public S3Location segment(Artifact model, String id, int customers, @Nullable String key)
      throws IOException {
    SegmentHeader header =
        new SegmentHeader(
            SegmentHeader.SCHEMA,
            "toys",
            Release.digestOf(model),
            1,
            "server",
            NOON.toString(),
            key == null ? CapturedIdentifier.PLAIN : CapturedIdentifier.HMAC,
            key == null ? null : IdentifierKey.parse(key).id(),
            List.of());
    Mac mac = key == null ? null : IdentifierKey.parse(key).mac();
    Path file = Files.createTempFile(work, "segment", ".arrow");
    byte[] request = id.getBytes(StandardCharsets.UTF_8);
    try (SegmentWriter writer = new SegmentWriter(file, header, List.of())) {
      for (int row = 0; row < customers; row++) {
        byte[] utf8 = ("c" + row).getBytes(StandardCharsets.UTF_8);
        byte[] stored = mac == null ? utf8 : IdentifierKey.hex(mac, utf8, 0, utf8.length);
        writer.begin(request, row + 1, NOON.toEpochMilli() + row, (row + 1) / 250f);
        writer.identifier(stored, 0, stored.length);
        writer.end();
      }
      writer.finish(SegmentCounts.none(NOON.plusSeconds(60)).withRows(writer.rows()));
    }
    S3Location location = store.root().resolve(header.key(id));
    store.objects().write(location, file);
    return location;
  }

  /**
   * Stores outcomes of customers: from one on to another, the second half positive.
   *
   * @param time of the outcomes
   */
  public S3Location outcomes(String specification, int from, int to, String time)
      throws IOException {
    StringBuilder csv = new StringBuilder("id,bought,time\n");
    for (int row = from; row < to; row++) {
      csv.append('c').append(row).append(row * 2 < from + to ? ",no," : ",yes,");
      csv.append(time).append('\n');
    }
    Path file = Files.createTempFile(work, "outcomes", ".csv");
    Files.writeString(file, csv);
    return TaskRunner.run(
            new OutcomesTask(),
            environment,
            "--dataset=" + specification,
            "--data=" + file,
            "--received=" + time + "T20:00:00Z")
        .succeeded()
        .uri();
  }
}
