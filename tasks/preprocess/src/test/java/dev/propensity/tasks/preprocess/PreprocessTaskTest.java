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
import dev.propensity.task.HelpText;
import dev.propensity.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new PreprocessTask());
  }

  @Test
  void makesFeaturesOfTheTableOnce() throws Exception {
    String raw = raw(2000).toString();
    assertThat(run("--raw", raw)).isZero();
    S3Location uri = written();
    Artifact features = S3.store().require(uri, "preprocess");
    assertThat(features.manifest().origin()).isEqualTo(Origin.SAMPLE);
    assertThat(features.manifest().files())
        .containsOnlyKeys(
            "encoder.json",
            "report.html",
            "report.json",
            "test-rows.csv",
            "test.arrow",
            "train.arrow",
            "validation.arrow");
    assertThat(run("--raw", raw)).isZero();
    assertThat(Files.readString(folder.resolve("result.json"))).contains("unchanged");
    assertThat(run("--raw", raw, "--force")).isZero();
    assertThat(written()).isEqualTo(uri);
  }

  @Test
  void makesAnArtifactOfEachFoldAndOneWithoutValidation() throws Exception {
    String raw = raw(2000).toString();
    assertThat(run("--raw", raw)).isZero();
    Artifact plain = S3.store().require(written(), "preprocess");
    assertThat(plain.manifest().parameters()).doesNotContainKeys("folds", "without_validation");
    assertThat(run("--raw", raw, "--folds", "2", "--fold", "1")).isZero();
    Artifact first = S3.store().require(written(), "preprocess");
    assertThat(run("--raw", raw, "--folds", "2", "--fold", "2")).isZero();
    Artifact second = S3.store().require(written(), "preprocess");
    assertThat(run("--raw", raw, "--without-validation")).isZero();
    Artifact all = S3.store().require(written(), "preprocess");
    assertThat(Set.of(plain.uri(), first.uri(), second.uri(), all.uri())).hasSize(4);
    assertThat(second.manifest().parameters().get("fold").asInt()).isEqualTo(2);
    assertThat(second.manifest().files())
        .containsOnlyKeys(
            "encoder.json", "report.html", "report.json", "train.arrow", "validation.arrow");
    assertThat(all.manifest().parameters().get("without_validation").asBoolean()).isTrue();
    assertThat(all.manifest().files())
        .containsOnlyKeys("encoder.json", "report.html", "report.json", "train.arrow");
    assertThat(run("--raw", raw, "--folds", "2", "--fold", "2", "--force")).isZero();
    assertThat(written()).isEqualTo(second.uri());
  }

  @Test
  void rejectsOptionsThatMakeNoFold() throws Exception {
    String raw = raw(2000).toString();
    for (String options :
        new String[] {
          "--folds 5",
          "--fold 1",
          "--folds 1 --fold 1",
          "--folds 5 --fold 6",
          "--folds 5 --fold 0",
          "--folds 5 --fold 1 --without-validation"
        }) {
      String[] words = ("--raw " + raw + " " + options).split(" ");
      assertThat(run(words)).as(options).isEqualTo(2);
    }
  }

  @Test
  void rejectsAnArtifactOfAnotherTask() throws Exception {
    assertThat(run("--raw", raw(2000).toString())).isZero();
    assertThat(run("--raw", written().toString())).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("result.json")))
        .contains("of download belongs here");
  }

  @Test
  void rejectsTheTableOfAnotherDataset() throws Exception {
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, Files.readString(SPEC).replace("name: insurance", "name: other"));
    assertThat(run(other, "--raw", raw(2000).toString())).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("result.json")))
        .contains("belongs to insurance, not to other");
  }

  @Test
  void writesNothingOfATableThatCannotBeSplit() throws Exception {
    assertThat(run("--raw", raw(3).toString())).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("result.json")))
        .contains("refused")
        .doesNotContain("s3://");
  }

  @Test
  void namesTheTableByItsDatasetAndNotByTheStoresFile() throws Exception {
    String csv = "id,Gender\n1,Male\n";
    assertThat(run("--raw", raw("bad", csv.getBytes(StandardCharsets.UTF_8)).toString()))
        .isEqualTo(2);
    assertThat(Files.readString(folder.resolve("result.json")))
        .contains("the raw table of insurance")
        .doesNotContain("data.csv.gz");
  }

  private int run(String... arguments) {
    return run(SPEC, arguments);
  }

  private int run(Path spec, String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    all[0] = "--dataset";
    all[1] = spec.toString();
    all[2] = "--result";
    all[3] = folder.resolve("result.json").toString();
    return Task.run(new PreprocessTask(), S3.environment(), all);
  }

  private S3Location written() throws IOException {
    String result = Files.readString(folder.resolve("result.json"));
    String uri = result.substring(result.indexOf("s3://"));
    return S3Location.parse(uri.substring(0, uri.indexOf('"')));
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
            Origin.SAMPLE,
            "download",
            Digest.of("test"),
            new TreeMap<>(Map.of("rows", new TextNode(which))),
            new TreeMap<>());
    return S3.store().commit(download, files).uri();
  }
}
