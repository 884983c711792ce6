package dev.propensity.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvWriter;
import dev.propensity.table.SourceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "snappy", "gzip", "zstd", "lz4", "groups", "v2", "plain", "encodings"})
  void readsTheSameRowsHoweverTheyAreWritten(String name) {
    assertThat(Parquets.csv(Parquets.file(name + ".parquet"))).isEqualTo(Parquets.PEOPLE);
  }

  @Test
  void writesEachTypeAsItIsInACsv() throws IOException {
    ParquetTable table = ParquetTable.open(Parquets.file("types.parquet"), "types.parquet");
    String[] lines = Parquets.csv(Parquets.file("types.parquet")).split("\n");
    assertThat(table.header()).hasSize(20).startsWith("int8").endsWith("null", "last");
    assertThat(lines[0].split(",")).isEqualTo(table.header().toArray());
    assertThat(lines[1].split(",", -1))
        .containsExactly(
            "-128",
            "4294967295",
            "18446744073709551615",
            "-9223372036854775808",
            "0.5",
            "0.1",
            "0.30000000000000004",
            "-12.50",
            "12345678901234567890.1",
            "true",
            "a",
            "b",
            "2026-01-31",
            "2026-01-31T08:30:00.25",
            "2026-01-31T08:30:00Z",
            "1970-01-01T00:00:00.000000001",
            "23:59:59",
            "00010203-0405-0607-0809-0a0b0c0d0e0f",
            "",
            "7");
    assertThat(lines[2]).isEqualTo(",".repeat(19));
  }

  @Test
  void readsTimestampsOf96BitsAsSparkWritesThem() {
    assertThat(Parquets.csv(Parquets.file("int96.parquet")))
        .isEqualTo("at\n2026-01-31T08:30:00\n1969-12-31T23:59:59.5\n");
  }

  @Test
  void writesNumbersWithDecimalCommasOnDemand() throws IOException {
    ParquetTable times = ParquetTable.open(Parquets.file("int96.parquet"), "t");
    try (InputStream csv = times.csv(true, bytes -> {})) {
      assertThat(new String(csv.readAllBytes(), StandardCharsets.UTF_8))
          .contains("1969-12-31T23:59:59.5");
    }
    ParquetTable people = ParquetTable.open(Parquets.file("none.parquet"), "t");
    try (InputStream csv = people.csv(true, bytes -> {})) {
      assertThat(new String(csv.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("id,word,amount,flag\n1,größe,\"0,1\",false\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"list, a list", "map, a map", "struct, a struct", "binary, binary"})
  void saysWhyAColumnIsNotRead(String column, String type) throws IOException {
    SourceFormat format = ParquetTable.open(Parquets.file("types.parquet"), "t").format();
    assertThat(format.missing(column).orElseThrow())
        .isEqualTo("the column is " + type + "; write it as a number, text, date or timestamp");
    assertThat(format.missing("last")).isEmpty();
  }

  @Test
  void readsTheFilesOfAFolderInTheOrderOfTheirNamesAndByTheNamesOfTheirColumns()
      throws IOException {
    ParquetTable table = ParquetTable.open(Parquets.file("parts"), "in/parts");
    assertThat(Parquets.csv(Parquets.file("parts"))).isEqualTo(Parquets.people(5));
    assertThat(table.rows()).isEqualTo(5);
    SourceFormat format = table.format();
    assertThat(format.record(3)).isEqualTo("row 3 of part-00000.snappy.parquet");
    assertThat(format.record(4)).isEqualTo("row 1 of part-00001.snappy.parquet");
    assertThat(format.records(1, 5))
        .isEqualTo("row 1 of part-00000.snappy.parquet and row 2 of part-00001.snappy.parquet");
    SourceFormat single = ParquetTable.open(Parquets.file("none.parquet"), "t").format();
    assertThat(single.record(12)).isEqualTo("row 12");
    assertThat(single.records(1, 5)).isEqualTo("rows 1 and 5");
  }

  @Test
  void rejectsAFolderWhosePartsDiffer() throws IOException {
    part("none.parquet", "a.parquet");
    part("types.parquet", "b.parquet");
    rejects("t/b.parquet lacks the column 'id', which a.parquet has");
    Files.delete(folder.resolve("b.parquet"));
    part("int96.parquet", "0.parquet");
    Files.delete(folder.resolve("a.parquet"));
    part("parts/part-00000.snappy.parquet", "a.parquet");
    rejects("t/a.parquet lacks the column 'at', which 0.parquet has");
  }

  @Test
  void rejectsAFolderWithoutPartsOrWithFoldersOrOtherFiles() throws IOException {
    rejects("t is a folder without Parquet files");
    Files.createDirectory(folder.resolve("_temporary"));
    Files.createFile(folder.resolve("_SUCCESS"));
    rejects("t is a folder without Parquet files");
    Files.writeString(folder.resolve("README.txt"), "About the table.");
    rejects("t/README.txt is not a Parquet file");
    Files.createDirectory(folder.resolve("country=DE"));
    part("none.parquet", "country=DE/a.parquet");
    Files.delete(folder.resolve("README.txt"));
    rejects(
        "t is partitioned by 'country' (it has the folder 'country=DE'): expected is a Parquet"
            + " file, or a folder with nothing but Parquet files; write the table without"
            + " partitions, such as with pandas: read_parquet(folder).to_parquet(file)");
    Files.move(folder.resolve("country=DE"), folder.resolve("DE"));
    rejects(
        "t has the folder 'DE': expected is a Parquet file, or a folder with nothing but Parquet"
            + " files; if the rows are in that folder, use it instead");
  }

  @ParameterizedTest
  @CsvSource({
    "_delta_log, a Delta Lake table",
    ".hoodie, a Hudi table",
    "_spark_metadata, the output of a Spark stream"
  })
  void rejectsAFolderWhoseValidFilesAreInALog(String log, String format) throws IOException {
    Files.createDirectory(folder.resolve(log));
    part("none.parquet", "part-0.parquet");
    rejects(
        "t is %s, whose files are only valid by its log in %s: export it as plain Parquet"
            .formatted(format, log));
  }

  /** Such as a disk error, here a file that was closed. */
  @Test
  void aFileThatCannotBeReadIsNotDamaged() throws IOException {
    ParquetFile file = ParquetFile.open(Parquets.file("groups.parquet"), "t");
    CsvWriter out = new CsvWriter(1 << 16);
    FileRows rows = new FileRows(file, file.columns(), out, false, new PageMemory());
    assertThat(rows.write()).isTrue();
    file.close();
    assertThatThrownBy(
            () -> {
              while (rows.write()) {
                out.clear();
              }
            })
        .isInstanceOf(FileFaultException.class)
        .hasCauseInstanceOf(ClosedChannelException.class);
  }

  @Test
  void reportsEachByteToTheLimit() throws IOException {
    List<Long> seen = new ArrayList<>();
    try (InputStream csv =
        ParquetTable.open(Parquets.file("none.parquet"), "t").csv(false, seen::add)) {
      assertThat(csv.read()).isEqualTo('i');
      int rest = csv.readAllBytes().length;
      assertThat(seen).startsWith(1L).endsWith(rest + 1L);
    }
  }

  private void part(String from, String name) throws IOException {
    Files.copy(Parquets.file(from), folder.resolve(name));
  }

  private void rejects(String message) {
    assertThatThrownBy(() -> ParquetTable.open(folder, "t"))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
