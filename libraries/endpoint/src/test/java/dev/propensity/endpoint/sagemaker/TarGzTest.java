package dev.propensity.endpoint.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzTest {
  @TempDir Path folder;

  @Test
  void isUnpackedByTarToTheSameFiles() throws Exception {
    byte[] large = new byte[300_000];
    new Random(1).nextBytes(large);
    Map<String, byte[]> files =
        new TreeMap<>(
            Map.of(
                "MLmodel",
                text("flavors:\n"),
                "code/loader.py",
                text("import x\n"),
                "empty",
                new byte[0],
                "model.ubj",
                large,
                "record",
                new byte[512]));
    byte[] archive = archive(files);
    Path file = Files.write(folder.resolve("model.tar.gz"), archive);
    Path out = Files.createDirectory(folder.resolve("out"));
    Process tar =
        new ProcessBuilder("tar", "--extract", "--gzip", "--file", file.toString())
            .directory(out.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    for (Map.Entry<String, byte[]> one : files.entrySet()) {
      assertThat(Files.readAllBytes(out.resolve(one.getKey()))).isEqualTo(one.getValue());
    }
    assertThat(archive)
        .hasSize((int) TarGz.length(files.values().stream().map(b -> (long) b.length)));
  }

  @Test
  void hasTheSameBytesWheneverAndWhereverItIsMade() throws IOException {
    assertThat(Digest.of(archive(Map.of("a.txt", text("one\n")))).hex())
        .isEqualTo("0f3cc52c362f6472b1bc79b6c4dc2d6fa6fbe1fcbe473f6cad53285b1f27ad1f");
  }

  @Test
  void reportsItsLengthBeforeItIsMade() throws IOException {
    for (int bytes : new int[] {0, 1, 511, 512, 513, 0xFFFF - 1536, 0xFFFF, 200_000}) {
      assertThat(archive(Map.of("a", new byte[bytes])))
          .hasSize((int) TarGz.length(java.util.stream.Stream.of((long) bytes)));
    }
  }

  @Test
  void rejectsAFileOfAnotherLengthAndANameThatDoesNotFit() {
    assertThatThrownBy(
            () -> {
              try (TarGz tar = new TarGz(new ByteArrayOutputStream())) {
                tar.add("a", 2, new ByteArrayInputStream(new byte[1]));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("a does not have the length of its entry");
    assertThatThrownBy(() -> archive(Map.of("a".repeat(101), new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] archive(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarGz tar = new TarGz(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        tar.add(file.getKey(), file.getValue().length, new ByteArrayInputStream(file.getValue()));
      }
    }
    return out.toByteArray();
  }
}
