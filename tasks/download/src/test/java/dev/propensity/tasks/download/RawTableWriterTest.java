package dev.propensity.tasks.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.artifacts.RawTable;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class RawTableWriterTest {
  private static final String CSV = "id,name,y\n1,\"Ann\nLee\",0\r\n\n2,Bo,1";

  @TempDir Path folder;
  private Limits limits;

  @BeforeEach
  void defaults() {
    limits = limits();
  }

  @Test
  void readsTheSameTableWhateverItIsPackedIn() throws Exception {
    RawTable.Description plain = write(bytes(CSV));
    assertThat(plain)
        .isEqualTo(
            new RawTable.Description(
                2, bytes(CSV).length, Digest.of(CSV), Arrays.asList("id", "name", "y")));
    assertThat(write(gzip(bytes(CSV)))).isEqualTo(plain);
    assertThat(write(zip("../../etc/train.csv", bytes(CSV)))).isEqualTo(plain);
    assertThat(write(zip("train.csv.gz", gzip(bytes(CSV))))).isEqualTo(plain);
    assertThat(write(zip("train.csv", bytes(CSV), "__MACOSX/._train.csv", bytes("x"))))
        .isEqualTo(plain);
    try (var in = new GZIPInputStream(Files.newInputStream(folder.resolve("data.csv.gz")))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(CSV);
    }
  }

  @Test
  void writesTheSameBytesEachTime() throws Exception {
    write(bytes(CSV));
    byte[] first = Files.readAllBytes(folder.resolve("data.csv.gz"));
    write(gzip(bytes(CSV)));
    assertThat(Files.readAllBytes(folder.resolve("data.csv.gz"))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty",
        "'id,y' | has a header and no rows",
        "'id,y\n\n' | has a header and no rows",
        "'<!DOCTYPE html><p>sign in' | is a web page",
        "'id,y\n1,\"a\n' | ends within a quoted cell"
      })
  void refusesWhatIsNoCsv(String text, String words) {
    refuses(bytes(text), words);
  }

  @Test
  void refusesUtf16AndBinaryFiles() {
    refuses("id,y\n1,0\n".getBytes(StandardCharsets.UTF_16), "is UTF-16: save it as UTF-8");
    refuses("id,y\n1,0\n".getBytes(Charset.forName("UTF-16LE")), "is UTF-16");
    refuses(bytes("%PDF-1.7 and so on"), "is a binary file");
  }

  @Test
  void refusesBrokenArchives() throws Exception {
    byte[] gzip = gzip(bytes(CSV.repeat(1000)));
    refuses(Arrays.copyOf(gzip, gzip.length - 20), "is broken");
    byte[] damaged = gzip.clone();
    damaged[gzip.length - 6] ^= 1;
    refuses(damaged, "is broken");
    byte[] zip = zip("train.csv", bytes(CSV.repeat(1000)));
    refuses(Arrays.copyOf(zip, zip.length - 30), "is broken");
  }

  @Test
  void refusesAZipOfTwoFilesAndNamesThem() throws Exception {
    refuses(
        zip("train.csv", bytes(CSV), "test.csv", bytes(CSV)),
        "is a zip of 2 files (train.csv, test.csv)");
    refuses(zip("data/", new byte[0]), "is a zip without a file");
  }

  @Test
  void refusesABombBeforeItIsUnpacked() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      out.write(bytes("id,y\n"));
      byte[] zeros = new byte[1 << 20];
      Arrays.fill(zeros, (byte) '0');
      for (int i = 0; i < 80; i++) {
        out.write(zeros);
      }
    }
    refuses(bomb.toByteArray(), "unpacks to more than 100.0 times its size");
  }

  @Test
  void refusesATableBeyondTheLimit() {
    limits = limits("--largest-gib", "0.00001");
    refuses(bytes("id,y\n" + "1,0\n".repeat(5000)), "is larger than 1.0E-5 GiB");
  }

  private void refuses(byte[] file, String words) {
    assertThatThrownBy(() -> write(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the source " + words);
  }

  private RawTable.Description write(byte[] file) throws IOException {
    Path arrived = Files.write(folder.resolve("arrived"), file);
    return RawTableWriter.write(arrived, "the source", limits, folder);
  }

  @Command
  static final class Holder implements Runnable {
    @CommandLine.Mixin Limits limits;

    @Override
    public void run() {}
  }

  static Limits limits(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.limits;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        out.write((byte[]) namesAndContents[i + 1]);
      }
    }
    return bytes.toByteArray();
  }
}
