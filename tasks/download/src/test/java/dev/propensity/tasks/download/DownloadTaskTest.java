package dev.propensity.tasks.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.HelpText;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DownloadTaskTest {
  private static final String CSV =
      """
      id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,\
      Annual_Premium,Policy_Sales_Channel,Vintage,Response
      1,Male,44,1,28.0,0,> 2 Years,Yes,40454.0,26.0,217,1
      2,Female,76,1,3.0,0,1-2 Year,No,33536.0,26.0,183,0
      """;

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;
  private TaskRun last;

  @Test
  void bringsTheTableAndThenFindsItUnchangedWhateverItsSource() throws Exception {
    Path file = Files.writeString(folder.resolve("train.csv"), CSV);
    download("--source", file.toString()).succeeded();
    JsonNode made = result();
    assertThat(made.get("status").asText()).isEqualTo("done");
    Artifact raw = S3.store().require(S3Location.parse(made.get("uri").asText()), "download");
    assertThat(raw.manifest().origin()).isEqualTo(Origin.REAL);
    try (var in = new GZIPInputStream(S3.store().open(raw, "data.csv.gz"))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(CSV);
    }

    S3Location inbox = S3Location.parse("s3://propensity/store/inbox/20/train-2026-01-31.csv");
    S3.objects().write(inbox, CSV.getBytes(StandardCharsets.UTF_8));
    download("--source", "s3://propensity/store/inbox/20/train-{date}.csv", "--date", "2026-01-31")
        .succeeded();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(result().get("reason").asText()).startsWith("unchanged since 20");
    assertThat(result().get("uri")).isEqualTo(made.get("uri"));
  }

  @Test
  void bringsAnObjectWhoseKeyHasEmptyParts() throws Exception {
    String source = "s3://propensity/in//double.csv";
    byte[] csv = CSV.stripTrailing().getBytes(StandardCharsets.UTF_8);
    S3.objects().write(S3Location.parseObject(source), csv);
    download("--source", source).succeeded();
    assertThat(result().get("status").asText()).isEqualTo("done");
    rejects("s3://propensity", "'s3://propensity' names no object: write s3://bucket/key");
  }

  @Test
  void syntheticRowsAreSeparateFromRealOnes() throws Exception {
    download("--source", "synthetic:100").succeeded();
    S3Location uri = S3Location.parse(result().get("uri").asText());
    download("--source", "sample:100").succeeded();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(S3Location.parse(result().get("uri").asText())).isEqualTo(uri);
    assertThat(uri.toString()).startsWith("s3://propensity/store/insurance-synthetic/download/");
    Artifact raw = S3.store().require(uri, "download");
    assertThat(raw.manifest().origin()).isEqualTo(Origin.SYNTHETIC);
    try (var in = S3.store().open(raw, "raw.json")) {
      assertThat(CanonicalJson.mapper().readTree(in.readAllBytes()).get("rows").asInt())
          .isEqualTo(100);
    }
    rejects("synthetic:many", "is not synthetic:ROWS");
    rejects("synthetic:0", "a synthetic table has 1 to 100000000 rows, not 0");
  }

  @Test
  void repairsAMissingFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("train.csv"),
            CSV + "3,Male,47,1,28.0,0,> 2 Years,Yes,38294.0,26.0,27,1\n");
    download("--source", file.toString()).succeeded();
    S3Location uri = S3Location.parse(result().get("uri").asText());
    S3.objects().delete(uri.resolve("data.csv.gz"));
    download("--source", file.toString()).succeeded();
    assertThat(result().get("status").asText()).isEqualTo("done");
    assertThat(S3.store().isComplete(S3.store().require(uri, "download"))).isTrue();
  }

  @Test
  void rejectsSourcesThatAreNotThereOrOfNoKind() throws Exception {
    rejects("nowhere.csv", "no such file: nowhere.csv");
    rejects("s3://propensity/none.csv", "no such object: s3://propensity/none.csv");
    rejects("s3://no-such-bucket/none.csv", "no such bucket: s3://no-such-bucket");
    rejects("ftp://host/file", "is not supported: use kaggle:");
    rejects("http://example.org/file", "is not an https:// address");
    rejects("kaggle:ann/offers", "is not kaggle:owner/dataset/file or kaggle:competitions/");
    rejects(folder.toString(), "is a folder without Parquet files");
  }

  @Test
  void checksWhetherEachFoldHasBothLabels() throws Exception {
    Path file = folder.resolve("few.csv");
    StringBuilder csv =
        new StringBuilder(
            "id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,"
                + "Vehicle_Damage,Annual_Premium,Policy_Sales_Channel,Vintage,Response\n");
    for (int row = 0; row < 300; row++) {
      csv.append(row).append(",Male,40,1,28,0,< 1 Year,No,2630,152,100,");
      csv.append(row % 6 == 0 ? "1\n" : "0\n");
    }
    Files.writeString(file, csv);
    download("--check", "--source", file.toString(), "--folds", "2").succeeded();
    assertThat(download("--check", "--source", file.toString(), "--folds", "60").rejected())
        .contains("too few rows for 60 folds", "folds are possible: FOLDS=")
        .doesNotContain("\n");
    assertThat(download("--check", "--source", file.toString(), "--folds", "1").rejected())
        .contains("--folds is 1; it must be from 2 to 100");
    assertThat(download("--source", file.toString(), "--folds", "2").rejected())
        .contains("--folds requires --check");
  }

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new DownloadTask());
  }

  private void rejects(String source, String words) throws Exception {
    assertThat(download("--source", source).rejected()).contains(words).doesNotContain("\n");
  }

  private TaskRun download(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--dataset=../../datasets/insurance.yaml"));
    all.addAll(List.of(arguments));
    last = TaskRunner.run(new DownloadTask(), S3.environment(), all);
    return last;
  }

  private JsonNode result() {
    return last.result();
  }
}
