package dev.propensity.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleGeneratorTest {
  @TempDir Path folder;

  @Test
  void makesRowsThatFollowTheSpecification() {
    byte[] csv = sample(20_000, 7);
    DataReport report =
        Preprocessing.run(new ByteArrayInputStream(csv), "sample", Tables.insurance(), folder);
    long positives = report.positives().values().stream().mapToLong(Long::longValue).sum();
    assertThat(positives / 20_000.0).isBetween(0.11, 0.13);
  }

  @Test
  void makesTheSameBytesOfTheSameSeedAndOthersOfAnother() {
    assertThat(sample(100, 7)).isEqualTo(sample(100, 7)).isNotEqualTo(sample(100, 8));
  }

  private static byte[] sample(int rows, long seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SampleGenerator.write(Tables.insurance(), rows, seed, out);
    return out.toByteArray();
  }
}
