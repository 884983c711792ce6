package dev.propensity.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import dev.propensity.table.SourceFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {
  private static final String CSV = "id,y\n1,0\n";

  @TempDir Path folder;

  @Test
  void opensCsvAndParquetByTheirContent() throws IOException {
    byte[] parquet = Files.readAllBytes(Parquets.file("snappy.parquet"));
    assertThat(read(CSV.getBytes(StandardCharsets.UTF_8), true)).isEqualTo(CSV);
    assertThat(read(parquet, false)).isEqualTo(Parquets.PEOPLE);
    assertThat(read(gzip(parquet), false)).isEqualTo(Parquets.PEOPLE);
    assertThat(read(zip(parquet), false)).isEqualTo(Parquets.PEOPLE);
  }

  @Test
  void opensAFolder() throws IOException {
    try (TableFile table = TableFile.open(Parquets.file("parts"), "parts", false, bytes -> {})) {
      assertThat(text(table)).isEqualTo(Parquets.people(5));
    }
  }

  @Test
  void rejectsADamagedFile() throws IOException {
    byte[] damaged = gzip("PAR1\u0015 and so on".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> read(damaged, false))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "t.csv: the Parquet file is damaged or incomplete: it has no footer at its end");
  }

  /** Reads a table from a file and from a stream. */
  private String read(byte[] bytes, boolean hasLines) throws IOException {
    Path file = Files.write(folder.resolve("t.csv"), bytes);
    String text;
    try (TableFile table = TableFile.open(file, "t.csv", false, count -> {})) {
      assertThat(table.format() == SourceFormat.CSV).isEqualTo(hasLines);
      text = text(table);
    }
    Path copy;
    try (TableFile table =
        TableFile.open(new ByteArrayInputStream(bytes), "t.csv", false, count -> {})) {
      copy = table.copy();
      assertThat(copy == null).isEqualTo(hasLines);
      assertThat(text(table)).isEqualTo(text);
    }
    assertThat(copy == null || Files.notExists(copy)).isTrue();
    return text;
  }

  private static String text(TableFile table) throws IOException {
    return new String(table.csv().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      out.putNextEntry(new ZipEntry("train.parquet"));
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
