package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.JavaProcess;
import dev.propensity.faults.Wiretap;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.train.TrainTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A repeated computation only checks its artifact; with --force it reads, fits and writes the same
 * bytes.
 */
@Tag("faults")
class ForceTest {
  private static final String DATASET = "../datasets/insurance.yaml";

  @RegisterExtension static final S3Server S3 = new S3Server();

  private final World world = new World(S3, Optional.empty(), "forced");

  /**
   * The requests of a run.
   *
   * @param read the keys that it got
   * @param written the keys that it put
   */
  private record TaskEffects(List<String> read, List<String> written, String log) {}

  @Test
  void readsFitsAndWritesAgain() throws Exception {
    String[] download = {"--dataset", DATASET, "--source", "sample:3000"};
    S3Location raw = world.run(new DownloadTask(), download);
    String[] preprocess = {"--dataset", DATASET, "--raw", raw.toString()};
    S3Location features = world.run(new PreprocessTask(), preprocess);
    String[] train = {"--dataset", DATASET, "--features", features.toString(), "--threads", "1"};
    S3Location model = world.run(new TrainTask(), train);
    String[] evaluate = {
      "--dataset", DATASET, "--model", model.toString(), "--features", features.toString()
    };
    S3Location evaluation = world.run(new EvaluateTask(), evaluate);

    assertForced(DownloadTask.class, raw, List.of(), "3000 rows", download);
    assertForced(
        PreprocessTask.class, features, files(raw, "data.csv.gz"), "of them positive", preprocess);
    assertForced(
        TrainTask.class,
        model,
        files(features, "train.arrow", "validation.arrow", "encoder.json"),
        "kept ",
        train);
    List<String> scored = files(features, "test-rows.csv");
    scored.addAll(files(model, "model.ubj", "encoder.json"));
    assertForced(EvaluateTask.class, evaluation, scored, " test rows", evaluate);
  }

  /**
   * @param inputs keys that the work must read
   * @param done a word of the work's log line
   */
  private void assertForced(
      Class<? extends Task> type,
      S3Location uri,
      List<String> inputs,
      String done,
      String... arguments)
      throws Exception {
    Map<String, byte[]> before = bytes(uri);
    TaskEffects looked = work(type, arguments);
    assertThat(looked.written()).as("written by %s", type).isEmpty();
    assertThat(looked.read()).as("read by %s", type).noneMatch(inputs::contains);
    assertThat(looked.log()).contains("unchanged since");

    TaskEffects forced = work(type, with(arguments, "--force"));
    assertThat(forced.read()).containsAll(inputs);
    assertThat(forced.written()).doesNotHaveDuplicates().containsAll(keysWithoutManifest(before));
    assertThat(forced.log().lines().filter(line -> line.contains(done))).hasSize(1);
    assertThat(bytes(uri)).containsExactlyInAnyOrderEntriesOf(before);
    assertThat(world.wholeArtifacts()).hasSize(4);
  }

  private TaskEffects work(Class<? extends Task> type, String... arguments) throws Exception {
    List<String> requests = Collections.synchronizedList(new ArrayList<>());
    try (Wiretap tap = new Wiretap(S3.endpoint(), () -> true, requests::add)) {
      Map<String, String> environment = new HashMap<>(world.environment());
      environment.put("AWS_ENDPOINT_URL_S3", tap.address().toString());
      JavaProcess.Exit end = new JavaProcess(type).run(environment, arguments);
      assertThat(end.exit()).as(end.log()).isZero();
      return new TaskEffects(keys(requests, "GET"), keys(requests, "PUT"), end.log());
    }
  }

  /** The keys that requests of this kind named. */
  private static List<String> keys(List<String> requests, String method) {
    String start = method + " /" + S3.root().bucket() + "/";
    return requests.stream()
        .filter(request -> request.startsWith(start))
        .map(request -> request.substring(start.length()).split("[ ?]")[0])
        .toList();
  }

  private static List<String> keysWithoutManifest(Map<String, byte[]> files) {
    return files.keySet().stream().filter(key -> !key.endsWith(Manifest.NAME)).toList();
  }

  private Map<String, byte[]> bytes(S3Location uri) {
    Artifact artifact = world.store().find(uri).orElseThrow();
    Map<String, byte[]> bytes = new TreeMap<>();
    for (S3Location file : S3.objects().list(artifact.uri(), Optional.empty())) {
      bytes.put(file.key(), S3.objects().read(file).orElseThrow());
    }
    assertThat(bytes).hasSize(artifact.manifest().files().size() + 1);
    return bytes;
  }

  private static List<String> files(S3Location artifact, String... names) {
    return new ArrayList<>(Arrays.stream(names).map(name -> artifact.key() + "/" + name).toList());
  }

  private static String[] with(String[] arguments, String more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = more;
    return all;
  }
}
