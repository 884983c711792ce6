package dev.propensity.tasks.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.artifacts.RawTable;
import dev.propensity.dataset.rows.RowPolicy;
import dev.propensity.dataset.specification.DatasetSpec;
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

  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: people
          title: Who answers?
          source: people.csv
          identifier: id
          label: {column: "y", positive: 1, negative: 0}
          features:
            - {name: name, kind: category}
          offer: {gain: 10, cost: 3}
          """,
          "people.yaml");

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
        "'' | ' is empty: a CSV with a header line is expected'",
        "'id,name,y' | ' has a header and no rows'",
        "'id,name,y\n\n' | ' has a header and no rows'",
        "'<!DOCTYPE html><p>sign in' | ' is an HTML page, not a CSV: is it a log-in or error page'",
        "'id,name,y\n1,\"a\n' | ', line 2: the quote that opens here is never closed'",
        "'id,y\n1,0\n' | ', line 1: missing column: ''name'''",
        "'id,Name,y\n1,a,0\n' | ', line 1: missing column: ''name'' (there is ''Name'')'",
        "'1,Ann,0\n2,Bo,1\n' | ', line 1: there is no header: the first line is a row (1, Ann, 0)'"
      })
  void rejectsWhatIsNoCsv(String text, String words) {
    rejects(bytes(text), words);
  }

  @Test
  void rejectsUtf16AndBinaryFiles() {
    rejects("id,y\n1,0\n".getBytes(StandardCharsets.UTF_16), " is in UTF-16: save it as UTF-8");
    rejects("id,y\n1,0\n".getBytes(Charset.forName("UTF-16LE")), " is in UTF-16");
    rejects(bytes("%PDF-1.7 and so on"), " is a PDF");
    rejects(bytes("PAR1\u0015\u0004 and so on"), ": the Parquet file is damaged or incomplete: ");
    rejects(bytes("BZh91AY&SY and so on"), " is compressed by bzip2: decompress it");
    rejects(bytes("id\0y"), " is a binary file, not a CSV");
  }

  @Test
  void checksRowsByThePolicy() throws Exception {
    String twice = "id,name,y\n1,Ann,0\n2,Bo,1\n1,Cy,1\n";
    rejects(bytes(twice), ": 1 of 3 rows are invalid\nline 4, id is '1': duplicate of line 2");
    rejects(
        bytes("id,name,y\n1,Ann,2\n"),
        ": 1 of 1 rows are invalid\nline 2, y is '2': the label must");
    rejects(
        bytes("name\nAnn\n"),
        ", line 1: missing columns: 'id' (a table without one has identifier: row), 'y' (rows without it");

    RawTableWriter.CheckedTable scoring = write(bytes(twice), RowPolicy.SCORING);
    assertThat(scoring.table().rows()).isEqualTo(3);
    assertThat(scoring.rows().duplicates()).isEqualTo(1);
    assertThat(scoring.rows().duplicateExamples()).containsExactly("'1' on lines 2 and 4");
    assertThat(write(bytes("name;y\nAnn;2\n"), RowPolicy.SCORING).rows().isNumbered()).isTrue();
    assertThatThrownBy(() -> write(bytes("id,y\n1,0\n"), RowPolicy.SCORING))
        .hasMessageEndingWith("missing column: 'name'");
  }

  @Test
  void rejectsBrokenArchives() throws Exception {
    byte[] gzip = gzip(bytes(CSV.repeat(1000)));
    rejects(
        Arrays.copyOf(gzip, gzip.length - 20),
        " is damaged or incomplete: it cannot be decompressed");
    byte[] damaged = gzip.clone();
    damaged[gzip.length - 6] ^= 1;
    rejects(damaged, " is damaged or incomplete: it cannot be decompressed");
    byte[] zip = zip("train.csv", bytes(CSV.repeat(1000)));
    rejects(
        Arrays.copyOf(zip, zip.length - 30),
        " is damaged or incomplete: it cannot be decompressed");
  }

  @Test
  void rejectsAZipOfTwoFilesAndNamesThem() throws Exception {
    rejects(
        zip("train.csv", bytes(CSV), "test.csv", bytes(CSV)),
        " is a ZIP of 2 files (train.csv, test.csv)");
    rejects(zip("data/", new byte[0]), " is a ZIP without a file");
  }

  @Test
  void rejectsABombBeforeItIsUnpacked() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      out.write(bytes("id,name,y,zeros\n"));
      byte[] zeros = new byte[1 << 17];
      Arrays.fill(zeros, (byte) '0');
      for (int i = 0; i < 640; i++) {
        out.write(bytes(i + ",Ann,0,"));
        out.write(zeros);
        out.write('\n');
      }
    }
    rejects(bomb.toByteArray(), " unpacks to more than 100.0 times its size");
  }

  @Test
  void rejectsATableBeyondTheLimit() {
    limits = limits("--largest-gib", "0.00001");
    rejects(bytes("id,y\n" + "1,0\n".repeat(5000)), " is larger than 1.0E-5 GiB");
  }

  private void rejects(byte[] file, String words) {
    assertThatThrownBy(() -> write(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the source" + words);
  }

  private RawTable.Description write(byte[] file) throws IOException {
    return write(file, RowPolicy.TRAINING).table();
  }

  private RawTableWriter.CheckedTable write(byte[] file, RowPolicy policy) throws IOException {
    Path arrived = Files.write(folder.resolve("arrived"), file);
    return new RawTableWriter(SPEC, policy, limits).write(arrived, "the source", folder);
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
