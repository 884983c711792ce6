package dev.propensity.table.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {
  private static final byte[] TABLE = "id,age\n1,20\n".repeat(500).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void aTableThatIsNotCompressedIsReadAsItIs() throws IOException {
    assertUnpacks(TABLE);
    assertUnpacks(new byte[0], new byte[0]);
    assertUnpacks("P".getBytes(StandardCharsets.UTF_8), new byte[] {'P'});
    assertUnpacks(
        "PK\n1\n".getBytes(StandardCharsets.UTF_8), "PK\n1\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void decompressesGzip() throws IOException {
    assertUnpacks(gzip(TABLE));
  }

  @Test
  void decompressesAllMembersOfGzipThatArriveApart() throws IOException {
    byte[] random = new byte[100_000]; // does not shrink, so that more than one read is needed
    new Random(1).nextBytes(random);
    byte[] member = gzip(random);
    InputStream apart =
        new SequenceInputStream(
            new NothingAvailable(new ByteArrayInputStream(member)),
            new NothingAvailable(new ByteArrayInputStream(member)));
    try (InputStream in = Unpacked.open(apart, "t.gz", count -> {})) {
      assertThat(in.readAllBytes()).hasSize(2 * random.length);
    }
  }

  @Test
  void aFailureBetweenTheMembersOfGzipIsNoEnd() throws IOException {
    byte[] random = new byte[100_000];
    new Random(1).nextBytes(random);
    InputStream broken =
        new SequenceInputStream(
            new NothingAvailable(new ByteArrayInputStream(gzip(random))),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    try (InputStream in = Unpacked.open(broken, "t.gz", count -> {})) {
      assertThatThrownBy(in::readAllBytes).hasMessage("connection reset");
    }
  }

  /** As a network stream, without bytes available. */
  private static class NothingAvailable extends FilterInputStream {
    NothingAvailable(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  @Test
  void decompressesTheOnlyFileOfAZip() throws IOException {
    assertUnpacks(zip("data/", null, "data/train.csv", TABLE));
    assertUnpacks(zip("train.csv.gz", gzip(TABLE)));
  }

  @Test
  void recognizesWhatIsCompressed() throws IOException {
    for (byte[] compressed : List.of(gzip(TABLE), zip("train.csv", TABLE))) {
      InputStream in = new ByteArrayInputStream(compressed);
      assertThat(Unpacked.isCompressed(in)).isTrue();
      assertThat(in.readAllBytes()).isEqualTo(compressed);
    }
    for (byte[] plain : List.of(TABLE, new byte[0], new byte[] {'P'}, new byte[] {'P', 'K'})) {
      assertThat(Unpacked.isCompressed(new ByteArrayInputStream(plain))).isFalse();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNoFaultOfTheTable() {
    assertThatThrownBy(
            () ->
                new TemporaryCopy("t.zip", "a ZIP")
                    .write(new ByteArrayInputStream(TABLE), Path.of("/dev/full")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("t.zip is a ZIP, and its copy cannot be written: /dev/full: ");
  }

  @Test
  void leavesOutWhatMacOsAddsToAZip() throws IOException {
    byte[] other = {1, 2, 3};
    assertUnpacks(zip("train.csv", TABLE, "__MACOSX/._train.csv", other, ".DS_Store", other));
  }

  @Test
  void rejectsAZipWhoseDirectoryIsLargeWithoutReadingIt() throws IOException {
    Object[] many = new Object[10_000];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = "a/folder/of/that/name/file-" + i + ".csv";
      many[i + 1] = new byte[0];
    }
    assertRejected(
        zip(many), "t.zip is a ZIP of very many files: put only the table's CSV in the ZIP");
  }

  @Test
  void rejectsAZipOfSeveralFilesByTheirNames() throws IOException {
    assertRejected(
        zip("train.csv", TABLE, "test.csv", TABLE),
        "t.zip is a ZIP of 2 files (train.csv, test.csv): use a ZIP with the table's file only");
    assertRejected(
        zip("1", TABLE, "2", TABLE, "3", TABLE, "4", TABLE, "5", TABLE, "6", TABLE),
        "t.zip is a ZIP of 6 files (1, 2, 3, 4, 5, …): use a ZIP with the table's file only");
    assertRejected(zip("data/", null), "t.zip is a ZIP without a file in it");
  }

  @Test
  void rejectsAWorkbookByWhatItIs() throws IOException {
    String message = "t.zip is an Excel workbook: save the sheet as CSV in UTF-8";
    byte[] xml = "<x/>".getBytes(StandardCharsets.UTF_8);
    assertRejected(zip("[Content_Types].xml", xml, "xl/workbook.xml", xml), message);
    byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};
    assertThatThrownBy(() -> read(old)).isInstanceOf(UserException.class).hasMessage(message);
  }

  @Test
  void rejectsWhatIsCutOrDamaged() throws IOException {
    byte[] random = new byte[100_000]; // does not shrink, so that a half fails while it is read
    new Random(1).nextBytes(random);
    byte[] packed = gzip(random);
    String message = "t.zip is damaged or incomplete: it cannot be decompressed (";
    assertRejected(Arrays.copyOf(packed, packed.length / 2), message);
    assertRejected(Arrays.copyOf(packed, 5), message);
    byte[] archive = zip("train.csv", random);
    assertRejected(Arrays.copyOf(archive, archive.length - 30), message);
    byte[] small = zip("train.csv", TABLE);
    small[60] ^= 0x55;
    small[61] ^= 0x55;
    assertRejected(small, message);
  }

  @Test
  void otherKindsComeAsTheyAreForTheReaderToReject() throws IOException {
    byte[] parquet = "PAR1\u0015\u0004".getBytes(StandardCharsets.UTF_8);
    assertUnpacks(parquet, parquet);
  }

  @Test
  void countsDecompressedBytesSoThatABombIsStopped() throws IOException {
    byte[] bomb = gzip(new byte[10_000_000]);
    LongConsumer limit =
        bytes -> {
          if (bytes > 1_000_000) {
            throw new UserException("more than 1 MB");
          }
        };
    assertThatThrownBy(
            () -> {
              try (InputStream in = Unpacked.open(new ByteArrayInputStream(bomb), "t.gz", limit)) {
                in.readAllBytes();
              }
            })
        .hasMessage("more than 1 MB");
    byte[] archive = zip("t.csv", new byte[10_000_000]);
    assertThatThrownBy(
            () -> {
              try (InputStream in =
                  Unpacked.open(new ByteArrayInputStream(archive), "t.zip", limit)) {
                in.readAllBytes();
              }
            })
        .hasMessage("more than 1 MB");
    AtomicLong last = new AtomicLong();
    try (InputStream in = Unpacked.open(new ByteArrayInputStream(gzip(TABLE)), "t", last::set)) {
      assertThat(in.read()).isEqualTo('i');
      assertThat(last).hasValue(1);
      in.readAllBytes();
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(last).hasValue(TABLE.length);
  }

  private void assertUnpacks(byte[] bytes) throws IOException {
    assertUnpacks(bytes, TABLE);
  }

  private void assertUnpacks(byte[] bytes, byte[] expected) throws IOException {
    assertThat(read(bytes)).isEqualTo(expected);
    assertThat(readFile(bytes)).isEqualTo(expected);
  }

  private void assertRejected(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> readFile(bytes))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(message);
  }

  private static byte[] read(byte[] bytes) throws IOException {
    try (InputStream in = Unpacked.open(new ByteArrayInputStream(bytes), "t.zip", count -> {})) {
      return in.readAllBytes();
    }
  }

  private byte[] readFile(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("any-name"), bytes);
    try (InputStream in = Unpacked.file(file, "t.zip", count -> {})) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** A ZIP of names, each with its bytes, or null for a folder. */
  private static byte[] zip(Object... entries) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      for (int i = 0; i < entries.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) entries[i]));
        if (entries[i + 1] instanceof byte[] bytes) {
          out.write(bytes);
        }
        out.closeEntry();
      }
    }
    return packed.toByteArray();
  }
}
