package dev.propensity.tasks.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.synthetic.SyntheticRows;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.HelpText;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PreprocessTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final Path SPEC = Path.of("../../datasets/insurance.yaml");

  @TempDir Path folder;
  private TaskRun last;

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new PreprocessTask());
  }

  @Test
  void makesFeaturesOfTheTableOnce() throws Exception {
    String raw = raw(2000).toString();
    run("--raw", raw).succeeded();
    S3Location uri = written();
    Artifact features = S3.store().require(uri, "preprocess");
    assertThat(features.manifest().origin()).isEqualTo(Origin.SYNTHETIC);
    assertThat(features.manifest().files())
        .containsOnlyKeys(
            "encoder.json",
            "report.html",
            "report.json",
            "test-rows.csv",
            "test.arrow",
            "train.arrow",
            "validation.arrow");
    run("--raw", raw).succeeded();
    assertThat(last.status()).isEqualTo("unchanged");
    run("--raw", raw, "--force").succeeded();
    assertThat(written()).isEqualTo(uri);
  }

  @Test
  void makesAnArtifactOfEachFoldAndOneWithoutValidation() throws Exception {
    String raw = raw(2000).toString();
    run("--raw", raw).succeeded();
    Artifact plain = S3.store().require(written(), "preprocess");
    assertThat(plain.manifest().parameters()).doesNotContainKeys("folds", "without_validation");
    run("--raw", raw, "--folds", "2", "--fold", "1").succeeded();
    Artifact first = S3.store().require(written(), "preprocess");
    run("--raw", raw, "--folds", "2", "--fold", "2").succeeded();
    Artifact second = S3.store().require(written(), "preprocess");
    run("--raw", raw, "--without-validation").succeeded();
    Artifact all = S3.store().require(written(), "preprocess");
    assertThat(Set.of(plain.uri(), first.uri(), second.uri(), all.uri())).hasSize(4);
    assertThat(second.manifest().parameters().get("fold").asInt()).isEqualTo(2);
    assertThat(second.manifest().files())
        .containsOnlyKeys(
            "encoder.json", "report.html", "report.json", "train.arrow", "validation.arrow");
    assertThat(all.manifest().parameters().get("without_validation").asBoolean()).isTrue();
    assertThat(all.manifest().files())
        .containsOnlyKeys("encoder.json", "report.html", "report.json", "train.arrow");
    run("--raw", raw, "--folds", "2", "--fold", "2", "--force").succeeded();
    assertThat(written()).isEqualTo(second.uri());
  }

  @Test
  void rejectsOptionsThatMakeNoFold() throws Exception {
    String raw = raw(2000).toString();
    Map<String, String> reasons =
        Map.of(
            "--folds 5", "--folds and --fold must be used together",
            "--fold 1", "--folds and --fold must be used together",
            "--folds 1 --fold 1", "--folds is 1; it must be from 2 to 100",
            "--folds 5 --fold 6", "--fold is 6; it must be from 1 to --folds, 5",
            "--folds 5 --fold 0", "--fold is 0; it must be from 1 to --folds, 5",
            "--folds 5 --fold 1 --without-validation", "cannot be used together");
    for (Map.Entry<String, String> each : reasons.entrySet()) {
      String[] words = ("--raw " + raw + " " + each.getKey()).split(" ");
      assertThat(run(words).rejected()).as(each.getKey()).contains(each.getValue());
    }
  }

  @Test
  void rejectsAnArtifactOfAnotherTask() throws Exception {
    run("--raw", raw(2000).toString()).succeeded();
    assertThat(run("--raw", written().toString()).rejected()).contains("of download is expected");
  }

  @Test
  void rejectsTheTableOfAnotherDataset() throws Exception {
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, Files.readString(SPEC).replace("name: insurance", "name: other"));
    assertThat(run(other, "--raw", raw(2000).toString()).rejected())
        .contains("belongs to insurance, not to other");
  }

  @Test
  void writesNothingOfATableThatCannotBeSplit() throws Exception {
    assertThat(run("--raw", raw(3).toString()).rejected())
        .contains("too few rows to split")
        .doesNotContain("s3://");
  }

  @Test
  void namesTheTableByItsDatasetAndNotByTheStoresFile() throws Exception {
    String csv = "id,Gender\n1,Male\n";
    assertThat(
            run("--raw", raw("invalid", csv.getBytes(StandardCharsets.UTF_8)).toString())
                .rejected())
        .contains("the raw table of insurance")
        .doesNotContain("data.csv.gz");
  }

  private TaskRun run(String... arguments) throws IOException {
    return run(SPEC, arguments);
  }

  private TaskRun run(Path spec, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--dataset=" + spec));
    all.addAll(List.of(arguments));
    last = TaskRunner.run(new PreprocessTask(), S3.environment(), all);
    return last;
  }

  private S3Location written() {
    return last.succeeded().uri();
  }

  private S3Location raw(int rows) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(Files.readString(SPEC), "insurance.yaml");
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    SyntheticRows.write(spec, rows, 1, csv);
    return raw(String.valueOf(rows), csv.toByteArray());
  }

  private S3Location raw(String which, byte[] csv) throws IOException {
    Path files = Files.createDirectories(folder.resolve("raw-" + which));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(files.resolve("data.csv.gz")))) {
      out.write(csv);
    }
    Computation download =
        new Computation(
            "insurance",
            Origin.SYNTHETIC,
            "download",
            Digest.of("test"),
            new TreeMap<>(Map.of("rows", new TextNode(which))),
            new TreeMap<>());
    return S3.store().commit(download, files).uri();
  }
}
