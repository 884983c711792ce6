package dev.propensity.tasks.serve.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.tasks.serve.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
  private static final int BLOCK = 100_000;

  @TempDir Path folder;

  @Test
  void whatWentToTheDiskComesBackWhole() throws IOException {
    byte[] bytes = new byte[BLOCK];
    new Random(1).nextBytes(bytes);
    try (Spill spill = new Spill(10 * BLOCK)) {
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      for (int block = 0; block < 5; block++) {
        spill.write(bytes, BLOCK);
        expected.write(bytes);
      }
      spill.end();
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      spill.copyTo(sent);
      assertThat(sent.toByteArray()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    try (Spill spill =
        new Spill(10 * BLOCK, () -> FileChannel.open(full, StandardOpenOption.WRITE))) {
      spill.write(new byte[BLOCK], BLOCK);
      spill.write(new byte[BLOCK], BLOCK);
      assertNoRoom(() -> spill.write(new byte[BLOCK], BLOCK));
    }
  }

  @Test
  void aDiskThatFailsTheVeryLastBytesIsReportedBeforeAnythingIsSent() throws IOException {
    Path path = folder.resolve("answer");
    FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (Spill spill = new Spill(10 * BLOCK, () -> file)) {
      for (int block = 0; block < 3; block++) {
        spill.write(new byte[BLOCK], BLOCK);
      }
      file.close();
      assertNoRoom(spill::end);
    }
  }

  private static void assertNoRoom(Runnable write) {
    assertThatThrownBy(write::run)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(503))
        .hasMessageContaining("not enough disk space");
  }
}
