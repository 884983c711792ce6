package dev.propensity.monitoring.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
  private static final List<String> COLUMNS = List.of("Age", "Ägypten");

  @TempDir Path folder;

  private static SegmentHeader header(CapturedIdentifier identifier) {
    return new SegmentHeader(
        SegmentHeader.SCHEMA,
        "insurance",
        Digest.of("model"),
        3,
        "5f2c",
        "2026-11-30T13:59:59.123Z",
        identifier,
        identifier == CapturedIdentifier.HMAC ? "0123abcd" : null,
        List.of("Gender"));
  }

  private static SegmentCounts counts(long rows) {
    return new SegmentCounts(
        rows,
        rows + 7,
        4,
        3,
        2,
        new TreeMap<>(Map.of("Age", new TreeMap<>(Map.of("out_of_range", 2L)))),
        new SegmentCounts.Gap("2026-11-30T12:00:00Z", "2026-11-30T12:01:00Z"),
        "2026-11-30T14:00:00Z");
  }

  /** Every third identifier, every second age and every fifth other cell are missing. */
  private Path segment(CapturedIdentifier identifier, int rows) {
    Path file = folder.resolve(identifier + "-" + rows + ".arrow");
    try (SegmentWriter writer = new SegmentWriter(file, header(identifier), COLUMNS)) {
      for (int i = 0; i < rows; i++) {
        writer.begin(utf8("request-" + i), i + 1, 1_796_000_000_000L + i, i / 8f);
        if (i % 3 != 0) {
          byte[] text = utf8("<c" + i + ">");
          writer.identifier(text, 1, text.length - 1);
        }
        if (i % 5 != 0) {
          writer.cell(1, utf8("größe " + i), 0, utf8("größe " + i).length);
        }
        if (i % 2 != 0) {
          writer.cell(0, utf8("" + i), 0, utf8("" + i).length);
        }
        writer.end();
      }
      assertThat(writer.rows()).isEqualTo(rows);
      writer.finish(counts(rows));
    }
    return file;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsTheRowsOfSeveralBatchesAsTheyWereWritten() {
    Path file = segment(CapturedIdentifier.HMAC, 2500);
    try (SegmentReader reader = new SegmentReader(file, "it")) {
      assertThat(reader.header()).isEqualTo(header(CapturedIdentifier.HMAC));
      assertThat(reader.counts()).isEqualTo(counts(2500));
      assertThat(reader.columns()).isEqualTo(COLUMNS);
      int i = 0;
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++, i++) {
          assertThat(batch.request(row)).isEqualTo("request-" + i);
          assertThat(batch.number(row)).isEqualTo(i + 1);
          assertThat(batch.time(row)).isEqualTo(1_796_000_000_000L + i);
          assertThat(batch.score(row)).isEqualTo(i / 8f);
          assertThat(batch.identifier(row)).isEqualTo(i % 3 == 0 ? null : "c" + i);
          assertThat(batch.isMissing(0, row)).isEqualTo(i % 2 == 0);
          assertThat(batch.text(0, row)).isEqualTo(i % 2 == 0 ? null : "" + i);
          assertThat(batch.text(1, row)).isEqualTo(i % 5 == 0 ? null : "größe " + i);
        }
        int start = batch.start(0, 1);
        int length = batch.end(0, 1) - start;
        assertThat(new String(batch.bytes(0), start, length, StandardCharsets.UTF_8))
            .isEqualTo(batch.text(0, 1));
      }
      assertThat(i).isEqualTo(2500);
    }
  }

  @Test
  void hasNoIdentifiersWhereTheyAreNotCaptured() {
    try (SegmentReader reader = new SegmentReader(segment(CapturedIdentifier.NONE, 20), "it")) {
      SegmentBatch batch = reader.next();
      assertThat(batch.identifier(1)).isNull();
      assertThat(batch.text(0, 1)).isEqualTo("1");
      assertThat(batch.score(3)).isEqualTo(3 / 8f);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void mayHaveCountsWithoutRows() {
    try (SegmentReader reader = new SegmentReader(segment(CapturedIdentifier.PLAIN, 0), "it")) {
      assertThat(reader.counts().answered()).isEqualTo(7);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void isKeptByTheHourOfItsFirstRow() {
    assertThat(header(CapturedIdentifier.NONE).key("4711"))
        .isEqualTo("captures/insurance/2026/11/30/13/4711.arrow");
  }

  @Test
  void rejectsATruncatedSegmentAtAnyLength() throws IOException {
    Path file = segment(CapturedIdentifier.HMAC, 50);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      String expected =
          "s3://store/it.arrow is not a segment of captured rows, or is incomplete or damaged";
      assertThatThrownBy(() -> new SegmentReader(file, "s3://store/it.arrow"))
          .isInstanceOf(UserException.class)
          .hasMessage(expected);
      ByteBuffer content = ByteBuffer.wrap(bytes, 0, length);
      assertThatThrownBy(() -> new SegmentReader(content, "s3://store/it.arrow"))
          .isInstanceOf(UserException.class)
          .hasMessage(expected);
    }
  }

  /** Whatever byte is damaged, the segment is read or rejected by its name. */
  @Test
  void rejectsADamagedSegmentByItsName() throws IOException {
    Path file = segment(CapturedIdentifier.HMAC, 50);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(1);
    int rejected = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Files.write(file, damaged);
      try (SegmentReader reader =
          round % 2 == 0
              ? new SegmentReader(file, "it.arrow")
              : new SegmentReader(ByteBuffer.wrap(damaged), "it.arrow")) {
        for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
          for (int row = 0; row < batch.rows(); row++) {
            batch.text(1, row);
          }
        }
      } catch (UserException e) {
        assertThat(e).hasMessageContaining("it.arrow");
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(300);
  }

  @Test
  void isReadFromTheMiddleOfAnArray() throws IOException {
    Path file = segment(CapturedIdentifier.HMAC, 2500);
    byte[] bytes = Files.readAllBytes(file);
    byte[] around = new byte[bytes.length + 20];
    Arrays.fill(around, (byte) 7);
    System.arraycopy(bytes, 0, around, 13, bytes.length);
    ByteBuffer content = ByteBuffer.wrap(around, 13, bytes.length);
    try (SegmentReader expected = new SegmentReader(file, "it");
        SegmentReader reader = new SegmentReader(content, "it")) {
      int rows = 0;
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        SegmentBatch other = expected.next();
        for (int row = 0; row < batch.rows(); row++, rows++) {
          assertThat(batch.request(row)).isEqualTo(other.request(row));
          assertThat(batch.time(row)).isEqualTo(other.time(row));
          assertThat(batch.identifier(row)).isEqualTo(other.identifier(row));
          for (int column = 0; column < reader.columns().size(); column++) {
            assertThat(batch.text(column, row)).isEqualTo(other.text(column, row));
          }
        }
      }
      assertThat(rows).isEqualTo(2500);
    }
  }

  @Test
  void rejectsAnotherArrowFileAndALaterSchema() throws IOException {
    Path file = segment(CapturedIdentifier.NONE, 5);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file, text.replace("\"schema\":1", "\"schema\":2"), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> new SegmentReader(file, "it"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it, propensity is not valid")
        .hasMessageContaining("its schema is 2; this version reads 1");
    Files.writeString(
        file, text.replace("propensity_row", "propensity_raw"), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> new SegmentReader(file, "it"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it is not a segment");
    Files.write(file, ByteBuffer.allocate(100).array());
    assertThatThrownBy(() -> new SegmentReader(file, "it"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it is not a segment");
  }

  @Test
  void addsCountsAndKeepsThoseOfALostSegment() {
    SegmentCounts sum = counts(10).lost().plus(counts(1));
    assertThat(sum.rows()).isEqualTo(1);
    assertThat(sum.answered()).isEqualTo(17 + 8);
    assertThat(sum.dropped()).isEqualTo(10 + 3 + 3);
    assertThat(sum.rejected()).isEqualTo(Map.of("Age", Map.of("out_of_range", 4L)));
    SegmentCounts none = SegmentCounts.none(Instant.parse("2026-11-30T15:00:00Z"));
    assertThat(none.plus(sum).gap()).isEqualTo(counts(1).gap());
    assertThat(none.plus(sum).closed()).isEqualTo("2026-11-30T15:00:00Z");
    SegmentCounts later =
        new SegmentCounts(
            0,
            0,
            0,
            0,
            0,
            new TreeMap<>(),
            new SegmentCounts.Gap("2026-11-30T12:00:30Z", "2026-11-30T13:00:00Z"),
            "2026-11-30T14:00:00Z");
    assertThat(sum.plus(later).gap())
        .isEqualTo(new SegmentCounts.Gap("2026-11-30T12:00:00Z", "2026-11-30T13:00:00Z"));
  }

  /** Other readers see the same: pyarrow. */
  @Test
  void isAnArrowFileForOthers() throws Exception {
    Path python = interpreter();
    Path file = segment(CapturedIdentifier.HMAC, 2500);
    Path script = folder.resolve("read.py");
    Files.writeString(
        script,
        """
        import json, sys
        import pyarrow.ipc as ipc
        table = ipc.open_file(sys.argv[1]).read_all()
        table.validate(full=True)
        meta = {k.decode(): json.loads(v) for k, v in table.schema.metadata.items()}
        print(table.num_rows, [f"{f.name}:{f.type}:{f.nullable}" for f in table.schema])
        print(meta["propensity"]["identifier"], meta["propensity"]["version"], \\
            meta["propensity_counts"]["answered"], meta["propensity_counts"]["gap"]["to"])
        print(table.slice(1024, 3).to_pydict()["Ägypten"], \\
            [c.null_count for c in table.columns], table["propensity_time"][1024])
        """);
    Process process =
        new ProcessBuilder(python.toString(), script.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readAllLines(folder.resolve("log")))
        .containsExactly(
            "2500 ['propensity_request:string:False', 'propensity_row:int32:False',"
                + " 'propensity_time:timestamp[ms, tz=UTC]:False',"
                + " 'propensity_identifier:string:True', 'propensity_score:float:False',"
                + " 'Age:string:True', 'Ägypten:string:True']",
            "hmac 3 2507 2026-11-30T12:01:00Z",
            "['größe 1024', None, 'größe 1026'] [0, 0, 0, 834, 0, 1250, 500]"
                + " 2026-11-30 00:53:21.024000+00:00");
  }

  private static Path interpreter() {
    String environments = System.getenv("PROPENSITY_ENVIRONMENTS");
    Path all =
        environments == null ? Path.of("../../.propensity/environments") : Path.of(environments);
    Path interpreter = all.resolve("mlflow/bin/python").toAbsolutePath();
    boolean there = Files.exists(interpreter);
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(there, "no Python environment: 'make environments' installs it");
    }
    assertThat(there).as("Python environment %s", interpreter).isTrue();
    return interpreter;
  }
}
