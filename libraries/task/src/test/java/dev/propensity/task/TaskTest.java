package dev.propensity.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class TaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  @Command(name = "toy", description = "Runs the test's code.")
  static final class Toy extends Task {
    private final Callable<Outcome> work;

    Toy(Callable<Outcome> work) {
      this.work = work;
    }

    @Override
    protected Outcome perform() throws Exception {
      return work.call();
    }
  }

  @Test
  void exitCodesTellWhatBecameOfIt() throws Exception {
    assertThat(run(() -> Outcome.done("s3://bucket/it", "well done"))).isZero();
    assertThat(result())
        .isEqualTo("{\"status\":\"done\",\"uri\":\"s3://bucket/it\",\"reason\":\"well done\"}\n");
    assertThat(run(() -> Outcome.skipped("s3://bucket/it", "nothing to do"))).isEqualTo(99);
    assertThat(result()).contains("\"skipped\"");
    assertThat(run(() -> fail(new UserException("fix it")))).isEqualTo(2);
    assertThat(result()).isEqualTo("{\"status\":\"rejected\",\"reason\":\"fix it\"}\n");
    assertThat(run(() -> fail(new UnavailableException("wait")))).isEqualTo(1);
    assertThat(run(() -> fail(new IllegalStateException("a bug")))).isEqualTo(1);
  }

  @Test
  void aFullDiskIsNoInternalError() {
    IOException full = new FileSystemException("/tmp/x", null, "No space left on device");
    assertThat(FullDisk.isBehind(new UncheckedIOException(full))).isTrue();
    assertThat(FullDisk.where(full)).isEqualTo("/tmp/x");
    assertThat(FullDisk.isBehind(new IOException("anything else"))).isFalse();
    assertThat(run(() -> fail(new UncheckedIOException(full)))).isEqualTo(1);
  }

  @Test
  void theResultMayGoToS3() {
    S3Location result = S3Location.parse("s3://propensity/results/toy.json");
    assertThat(
            Task.run(
                new Toy(() -> Outcome.done("s3://bucket/it", null)),
                S3.environment(),
                "--result=" + result))
        .isZero();
    assertThat(S3.objects().read(result))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .hasValue("{\"status\":\"done\",\"uri\":\"s3://bucket/it\"}\n");
  }

  @Test
  void helpAndVersionNeedNoOptions() throws Exception {
    assertThat(Task.run(new CopyTask(), Map.of(), "--help")).isZero();
    assertThat(Task.run(new CopyTask(), Map.of(), "--version")).isZero();
    String result = "--result=" + folder.resolve("result.json");
    assertThat(Task.run(new CopyTask(), Map.of(), result)).isEqualTo(2);
    assertThat(result()).contains("--words");
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThat(Task.run(new CopyTask(), Map.of(), "--words", "x", "--result", folder + "/r.json"))
        .isEqualTo(2);
    assertThat(folder.resolve("r.json")).content().contains("set PROPENSITY_STORE");
  }

  @Test
  void theCodeDigestStandsBesideTheJars() throws Exception {
    Path jar = Files.createDirectories(folder.resolve("jars/lib")).resolve("task.jar");
    Files.createFile(jar);
    Digest code = Digest.of("all jars");
    Files.writeString(folder.resolve("jars/code.sha256"), code + "\n");
    assertThat(Code.digest(jar)).isEqualTo(code);
    assertThat(Code.digest(folder)).isEqualTo(Digest.of("development"));
  }

  private static Outcome fail(RuntimeException e) {
    throw e;
  }

  private int run(Callable<Outcome> work) {
    return Task.run(
        new Toy(work), S3.environment(), "--result", folder.resolve("result.json").toString());
  }

  private String result() throws IOException {
    return Files.readString(folder.resolve("result.json"));
  }
}
