package dev.propensity.tasks.serve.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.FolderObjectStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments whose files cannot be deleted or read are counted, and do not stop the others. */
class SpoolTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir private Path temporary;
  private SpoolFolder folder;

  @BeforeEach
  void open() {
    folder = SpoolFolder.open(temporary.resolve("spool"));
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private static SpooledSegment segment(Path file, long rows) {
    SegmentCounts counts = SegmentCounts.none(NOON).withRows(rows);
    return new SpooledSegment(file, "captures/shop/" + file.getFileName(), 100, counts);
  }

  /** A file cannot be deleted: the path is a folder that is not empty. */
  private SpooledSegment undeletable(String name, long rows) throws IOException {
    Path file = temporary.resolve("spool").resolve(name);
    Files.writeString(Files.createDirectory(file).resolve("within"), "x");
    return segment(file, rows);
  }

  @Test
  void countsADisplacedSegmentThatCannotBeDeleted() throws Exception {
    Spool spool = new Spool(folder, 150);
    spool.add(undeletable("a.arrow", 7));
    assertThat(spool.add(undeletable("b.arrow", 5)))
        .extracting(SegmentCounts::rows)
        .containsExactly(7L);
    assertThat(spool.bytes()).isEqualTo(100);
  }

  @Test
  void forgetsAnUploadedSegmentThatCannotBeDeleted() throws Exception {
    Spool spool = new Spool(folder, 1000);
    spool.add(undeletable("a.arrow", 7));
    spool.uploaded(spool.take());
    assertThat(spool.awaitEmpty(0)).isTrue();
    assertThat(spool.bytes()).isZero();
  }

  @Test
  void uploadsAgainOnceAFolderCanBeRead() throws Exception {
    Path spooled = temporary.resolve("spool");
    Path inaccessible = spooled.resolve("loop");
    Files.createSymbolicLink(inaccessible, inaccessible); // neither exists nor does not
    Spool spool = new Spool(folder, 1000);
    spool.add(segment(inaccessible.resolve("a.arrow"), 7));
    ArtifactStore store =
        new ArtifactStore(
            new FolderObjectStore(temporary.resolve("s3")), S3Location.parse("s3://bucket/store"));
    CaptureStats stats = new CaptureStats();
    CaptureSettings settings =
        CaptureSettings.of(
            "shop",
            CaptureRule.parse("{identifier: plain}", "--capture"),
            Optional.empty(),
            spooled,
            Duration.ofSeconds(60),
            1000);
    Thread uploader =
        new Thread(new SegmentUploader(settings, spool, () -> store, new CaptureCounts(), stats));
    uploader.start();
    try {
      while (stats.failures() == 0 && uploader.isAlive()) {
        Thread.sleep(10);
      }
      Files.delete(inaccessible);
      Files.writeString(Files.createDirectory(inaccessible).resolve("a.arrow"), "rows");
      assertThat(spool.awaitEmpty(10_000)).isTrue();
    } finally {
      uploader.interrupt();
      uploader.join();
    }
    assertThat(stats.dropped(CaptureStats.Reason.DISK)).isZero();
    assertThat(store.objects().read(S3Location.parse("s3://bucket/store/captures/shop/a.arrow")))
        .hasValue("rows".getBytes());
  }
}
