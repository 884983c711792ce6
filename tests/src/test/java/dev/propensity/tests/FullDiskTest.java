package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.JavaProcess;
import dev.propensity.faults.SmallDisk;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.invoke.InvokeTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.train.TrainTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A disk that is full before the work is done: one line, no partial artifact, and success with free
 * space.
 */
@Tag("faults")
class FullDiskTest {
  private static final int SMALL = 300;
  private static final int MEDIUM = 4_000;
  private static final int LARGE = 65_536;
  private static final String[] DOWNLOAD = {
    "--dataset", "../datasets/insurance.yaml", "--source", "sample:30000"
  };

  @RegisterExtension static final S3Server S3 = new S3Server();

  private static World undisturbed;
  private static String raw;
  private static String features;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    undisturbed = new World(S3, Optional.empty(), "undisturbed");
    raw = undisturbed.run(new DownloadTask(), DOWNLOAD).toString();
    features = undisturbed.run(new PreprocessTask(), preprocess()).toString();
    undisturbed.run(new TrainTask(), train());
  }

  @Test
  void downloadRunsOutOfSpace() throws Exception {
    fill(SMALL, DownloadTask.class, DOWNLOAD);
  }

  @Test
  void preprocessRunsOutOfSpace() throws Exception {
    fill(SMALL, PreprocessTask.class, preprocess());
  }

  @Test
  void trainRunsOutOfSpace() throws Exception {
    fill(SMALL, TrainTask.class, train());
  }

  @Test
  void theLearnersLibraryFindsNoSpace() throws Exception {
    fill(MEDIUM, TrainTask.class, train());
  }

  @Test
  void theStoreRunsOutOfSpace() throws Exception {
    try (SmallDisk disk = SmallDisk.of(SMALL)) {
      S3Server server = S3Server.in(disk.folder()).start();
      try {
        World world = new World(server, Optional.empty(), "small");
        JavaProcess.Exit end =
            new JavaProcess(DownloadTask.class).run(world.environment(), DOWNLOAD);
        assertFailedInOneLine(end);
        assertThat(world.keys()).noneMatch(key -> key.endsWith(Manifest.NAME));
        disk.grow(LARGE);
        world.run(new DownloadTask(), DOWNLOAD);
        assertThat(world.wholeArtifacts())
            .singleElement()
            .extracting(Artifact::digest)
            .isEqualTo(undisturbed.store().find(S3Location.parse(raw)).orElseThrow().digest());
      } finally {
        server.stop();
      }
    }
  }

  @Test
  void aZipThatDoesNotFitIsNoFaultOfTheTable() throws Exception {
    S3Location zip = new S3Location(S3.root().bucket(), "rows.zip");
    try (SmallDisk disk = SmallDisk.of(SMALL)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream out = new ZipOutputStream(bytes)) {
        out.setLevel(Deflater.NO_COMPRESSION);
        out.putNextEntry(new ZipEntry("rows.csv"));
        out.write("id\n1\n".repeat(SMALL << 10).getBytes(StandardCharsets.UTF_8));
      }
      S3.objects().write(zip, bytes.toByteArray());
      JavaProcess.Exit end =
          new JavaProcess(InvokeTask.class, "-Djava.io.tmpdir=" + disk.folder())
              .run(undisturbed.environment(), "--endpoint=http://127.0.0.1:1", "--data=" + zip);
      assertFailedInOneLine(end);
      assertThat(end.errors()).singleElement().asString().contains("its copy cannot be written");
      assertThat(leftIn(disk.folder())).as("what the task left behind").isEmpty();
    }
  }

  private static void fill(int kibibytes, Class<? extends Task> type, String... arguments)
      throws Exception {
    try (SmallDisk disk = SmallDisk.of(kibibytes)) {
      World world = new World(S3, Optional.empty(), type.getSimpleName() + kibibytes);
      JavaProcess task = new JavaProcess(type, "-Djava.io.tmpdir=" + disk.folder());
      JavaProcess.Exit end = task.run(world.environment(), arguments);
      assertFailedInOneLine(end);
      assertThat(end.errors()).singleElement().asString().contains("the disk is full");
      assertThat(world.keys()).noneMatch(key -> key.endsWith(Manifest.NAME));
      assertThat(leftIn(disk.folder())).as("what the task left behind").isEmpty();
      disk.grow(LARGE);
      S3Location made = world.run(task, arguments);
      S3Location expected = undisturbed.store().root().resolve(world.pathOf(made));
      assertThat(world.store().find(made).orElseThrow().digest())
          .isEqualTo(undisturbed.store().find(expected).orElseThrow().digest());
      assertThat(world.wholeArtifacts()).hasSize(1);
    }
  }

  private static void assertFailedInOneLine(JavaProcess.Exit end) {
    assertThat(end.exit()).as(end.log()).isEqualTo(1);
    assertThat(end.errors()).as(end.log()).hasSize(1);
    assertThat(end.log()).doesNotContain("\tat ").doesNotContain("Exception in thread");
  }

  private static List<Path> leftIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String[] preprocess() {
    return new String[] {"--dataset", "../datasets/insurance.yaml", "--raw", raw};
  }

  private static String[] train() {
    return new String[] {
      "--dataset", "../datasets/insurance.yaml", "--features", features, "--threads", "1"
    };
  }
}
