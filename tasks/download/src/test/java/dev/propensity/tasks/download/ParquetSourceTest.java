package dev.propensity.tasks.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetSourceTest {
  /** What libraries/parquet tests. */
  private static final Path FILES = Path.of("../../libraries/parquet/src/test/resources/files");

  private static final String SPEC =
      """
      name: people
      title: Who answers?
      source: people.parquet
      identifier: id
      label: {column: flag, positive: "true", negative: "false"}
      features:
        - {name: word, kind: category, missing: true}
        - {name: amount, kind: number, missing: true}
      offer: {gain: 10, cost: 3}
      """;

  private static final String CSV =
      """
      id,word,amount,flag
      1,größe,0.1,false
      2,"a ""b"", c",0.2,false
      3," x ",0.3,true
      4,"two
      lines",0.4,false
      5,,,false
      """;

  private static final String FOLDER = "../../libraries/parquet/src/test/resources/files/parts";
  private static final String PARTS = "s3://propensity/in/people.parquet";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  @BeforeEach
  void upload() throws IOException {
    for (String name :
        List.of("part-00000.snappy.parquet", "part-00001.snappy.parquet", "_SUCCESS")) {
      put(PARTS + "/" + name, FILES.resolve("parts").resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PARTS, PARTS + "/", FOLDER})
  void readsPartsAsTheSameTableInACsv(String source) throws IOException {
    S3Location expected = download(SPEC, csv(CSV)).succeeded().uri();
    assertThat(download(SPEC, source).succeeded().uri()).isEqualTo(expected);
  }

  @Test
  void writesNumbersAsTheSpecificationReadsThem() throws IOException {
    String spec = SPEC + "decimal: \",\"\n";
    String csv = CSV.replaceAll(",0\\.([1-4]),", ",\"0,$1\",");
    assertThat(csv).contains(",\"0,3\",");
    assertThat(download(spec, PARTS).succeeded().uri())
        .isEqualTo(download(spec, csv(csv)).succeeded().uri());
  }

  private String csv(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text).toString();
  }

  @Test
  void namesTheRowsThatAreInvalid() throws IOException {
    String spec = SPEC.replace("amount, kind: number, missing: true", "amount, kind: number");
    assertThat(download(spec, FILES.resolve("none.parquet").toString()).rejected())
        .contains("none.parquet: 4 of 20 rows are invalid\nrow 5, amount is empty: ")
        .contains("\nrow 20, amount is empty: ");
    assertThat(download(spec, PARTS).rejected())
        .contains("people.parquet: 1 of 5 rows are invalid\n")
        .contains("\nrow 2 of part-00001.snappy.parquet, amount is empty: ");
  }

  @Test
  void rejectsAColumnThatIsNoValueOnlyIfItIsUsed() throws IOException {
    String spec =
        SPEC.replace("identifier: id", "identifier: int8")
            .replace("column: flag", "column: bool")
            .replace("name: word", "name: list")
            .replace("name: amount", "name: binary");
    assertThat(download(spec, FILES.resolve("types.parquet").toString()).rejected())
        .contains("types.parquet: missing columns: 'list' (the column is a list; write it as a")
        .contains(
            "), 'binary' (the column is binary; write it as a number, text, date or timestamp)")
        .doesNotContain("'map'");
  }

  @Test
  void datesAndTimestampsAreDates() throws IOException {
    String spec =
        SPEC.substring(0, SPEC.indexOf("identifier"))
            + """
            identifier: int8
            label: {column: bool, positive: "true", negative: "false"}
            features:
              - {name: date, kind: date, minimum: 2026-01-31, maximum: 2026-01-31}
              - {name: local, kind: date, minimum: 2026-01-31, maximum: 2026-01-31}
              - {name: instant, kind: date, minimum: 2026-01-31, maximum: 2026-01-31}
              - {name: nanos, kind: date, minimum: 1970-01-01, maximum: 1970-01-01}
            offer: {gain: 10, cost: 3}
            """;
    assertThat(download(spec, FILES.resolve("types.parquet").toString()).rejected())
        .contains("types.parquet: 1 of 2 rows are invalid\nrow 2, bool is empty: ")
        .doesNotContain("row 1,");
  }

  @Test
  void rejectsAPrefixOfAPartitionedTable() throws IOException {
    put("s3://propensity/by/day=1/part-0.parquet", FILES.resolve("none.parquet"));
    assertThat(download(SPEC, "s3://propensity/by").rejected())
        .startsWith("s3://propensity/by is partitioned by 'day' (it has the folder 'day=1'): ");
  }

  /** As S3's console creates it. */
  @Test
  void readsAPrefixWithAnEmptyObjectForItsFolder() throws IOException {
    S3Location expected = download(SPEC, csv(CSV)).succeeded().uri();
    String prefix = "s3://propensity/marked/people/";
    S3.objects().write(S3Location.parseObject(prefix), new byte[0]);
    put(prefix + "part-0.parquet", FILES.resolve("parts/part-00000.snappy.parquet"));
    put(prefix + "part-1.parquet", FILES.resolve("parts/part-00001.snappy.parquet"));
    assertThat(download(SPEC, prefix).succeeded().uri()).isEqualTo(expected);
  }

  @Test
  void rejectsAPrefixOfADeltaLakeTable() throws IOException {
    put("s3://propensity/delta/_delta_log/0.json", FILES.resolve("make.py"));
    put("s3://propensity/delta/part-0.parquet", FILES.resolve("none.parquet"));
    assertThat(download(SPEC, "s3://propensity/delta").rejected())
        .isEqualTo(
            "s3://propensity/delta is a Delta Lake table, whose files are only valid by its log in"
                + " _delta_log: export it as plain Parquet");
  }

  /** A column whose name is a number makes a CSV's first line a row. */
  @Test
  void aFileHasAHeaderWhateverItsColumnsAreCalled() throws IOException {
    assertThat(download(SPEC, FILES.resolve("numbered.parquet").toString()).rejected())
        .contains("numbered.parquet: missing columns: ")
        .doesNotContain("there is no header");
  }

  @Test
  void rejectsATableWithoutRows() throws IOException {
    assertThat(download(SPEC, FILES.resolve("no-rows.parquet").toString()).rejected())
        .contains("no-rows.parquet has a header and no rows");
  }

  private static void put(String uri, Path file) throws IOException {
    S3.objects().write(S3Location.parseObject(uri), Files.readAllBytes(file));
  }

  private TaskRun download(String spec, String source) throws IOException {
    Path dataset = Files.writeString(folder.resolve("people.yaml"), spec);
    List<String> arguments = List.of("--dataset=" + dataset, "--source=" + source);
    return TaskRunner.run(new DownloadTask(), S3.environment(), arguments);
  }
}
