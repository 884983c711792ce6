package dev.propensity.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PredictionReportTest {
  /** A document of a version that called rejected rows refused. */
  private static final Path FORMER = Path.of("src/test/resources/golden/former-predictions.json");

  @Test
  void readsTheRejectedRowsOfEarlierVersions() throws IOException {
    String former = Files.readString(FORMER);
    PredictionReport report =
        PredictionReport.parse(former.getBytes(StandardCharsets.UTF_8), "the report");
    assertThat(report.rejected())
        .containsOnlyKeys("missing", "not_a_number", "out_of_range", "ragged")
        .containsEntry("ragged", 1L);
    assertThat(report.warnings().get(0)).startsWith("4 of 106 rows are invalid");
    assertThat(new String(CanonicalJson.bytes(report), StandardCharsets.UTF_8))
        .isEqualTo(former.replace("\"refused\":", "\"rejected\":"));
  }
}
