package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.JavaProcess;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.train.TrainTask;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Computations on machines with different settings write equal artifacts, including manifests. */
@Tag("faults")
class SameBytesTest {
  private static final String DATASET = "../datasets/insurance.yaml";
  private static final String[] DOWNLOAD = {"--dataset", DATASET, "--source", "sample:20000"};

  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final World FIRST = new World(S3, Optional.empty(), "first");
  private static S3Location raw;
  private static S3Location features;
  private static S3Location model;
  private static S3Location evaluation;

  /** A machine's settings; the first artifacts are made with one thread, in English. */
  enum Machine {
    ARABIC_DIGITS(
        "2",
        "-Duser.language=ar",
        "-Duser.country=SA",
        "-Duser.extensions=u-nu-arab",
        "-Duser.timezone=Asia/Riyadh"),
    TURKISH_LETTERS(
        "1",
        "-Duser.language=tr",
        "-Duser.country=TR",
        "-Duser.timezone=Pacific/Chatham",
        "-Dfile.encoding=US-ASCII",
        "-Dline.separator=\r\n");

    private final String threads;
    private final String[] options;

    Machine(String threads, String... options) {
      this.threads = threads;
      this.options = options;
    }
  }

  @BeforeAll
  static void makeOneOfEach() throws IOException {
    raw = FIRST.run(new DownloadTask(), DOWNLOAD);
    features = FIRST.run(new PreprocessTask(), preprocess());
    model = FIRST.run(new TrainTask(), train("1"));
    evaluation = FIRST.run(new EvaluateTask(), evaluate());
  }

  @ParameterizedTest
  @EnumSource(Machine.class)
  void makesTheSame(Machine machine) throws Exception {
    assertSame(machine, DownloadTask.class, raw, DOWNLOAD);
    assertSame(machine, PreprocessTask.class, features, preprocess());
    assertSame(machine, TrainTask.class, model, train(machine.threads));
    assertSame(machine, EvaluateTask.class, evaluation, evaluate());
    assertThat(other(machine).wholeArtifacts()).hasSize(4);
  }

  private static void assertSame(
      Machine machine, Class<? extends Task> type, S3Location first, String... arguments)
      throws Exception {
    World other = other(machine);
    S3Location made = other.run(new JavaProcess(type, machine.options), arguments);
    assertThat(other.pathOf(made)).isEqualTo(FIRST.pathOf(first));
    Artifact artifact = other.store().find(made).orElseThrow();
    Artifact expected = FIRST.store().find(first).orElseThrow();
    assertThat(artifact.manifest()).isEqualTo(expected.manifest());
    assertThat(artifact.digest()).isEqualTo(expected.digest());
    List<String> files = List.copyOf(artifact.manifest().files().keySet());
    if (type == TrainTask.class) {
      assertThat(files).contains("MODEL_CARD.md", "model.ubj", "baseline.json");
    } else if (type != DownloadTask.class) {
      assertThat(files).contains("report.html");
    }
  }

  private static World other(Machine machine) {
    return new World(S3, Optional.empty(), machine.name());
  }

  private static String[] preprocess() {
    return new String[] {"--dataset", DATASET, "--raw", raw.toString()};
  }

  private static String[] train(String threads) {
    return new String[] {
      "--dataset", DATASET, "--features", features.toString(), "--threads", threads
    };
  }

  private static String[] evaluate() {
    return new String[] {
      "--dataset",
      DATASET,
      "--model",
      model.toString(),
      "--features",
      features.toString(),
      "--champion",
      "none"
    };
  }
}
