package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dataset/golden");

  @TempDir Path folder;

  /**
   * Every kind but dates, string identifiers, quotes, missing cells; {@code -Dgolden.write=true}
   * rewrites.
   */
  @Test
  void writesTheGoldenArtifactByteForByte() throws Exception {
    Map<String, ByteBuffer> made = phones("made");
    if (Boolean.getBoolean("golden.write")) {
      for (Map.Entry<String, ByteBuffer> file : made.entrySet()) {
        Files.write(GOLDEN.resolve(file.getKey()), file.getValue().array());
      }
    }
    Map<String, ByteBuffer> golden = files(GOLDEN);
    assertThat(made).containsOnlyKeys(golden.keySet());
    for (Map.Entry<String, ByteBuffer> file : golden.entrySet()) {
      assertThat(made.get(file.getKey()).array())
          .as(file.getKey())
          .isEqualTo(file.getValue().array());
    }
  }

  @Test
  void writesTheSameBytesInAnyLocaleAndTimeZoneAndThread() throws Exception {
    Map<String, ByteBuffer> first = phones("first");
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      var second = CompletableFuture.supplyAsync(() -> phones("second"));
      var third = CompletableFuture.supplyAsync(() -> phones("third"));
      assertThat(first).isEqualTo(second.get()).isEqualTo(third.get());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void encodesItsOwnTestRowsToTheSameFeatures() throws IOException {
    phones("phones");
    assertRoundTrip(folder.resolve("phones"));
  }

  /** Files of earlier versions must remain readable. */
  @Test
  void readsTheGoldenArtifact() throws IOException {
    assertRoundTrip(GOLDEN);
    assertThat(FeatureTable.read(GOLDEN.resolve("train.arrow")).rows()).isEqualTo(20);
  }

  @Test
  void readsTheRealRows() throws IOException {
    DataReport report;
    try (InputStream csv = Tables.insuranceRows()) {
      report = Preprocessing.run(csv, "train.csv", Tables.insurance(), folder);
    }
    assertThat(report.rows())
        .containsOnly(
            entry("train", 167_240L), entry("validation", 38_287L), entry("test", 51_476L));
    assertThat(report.positives().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(31_501);
    assertRoundTrip(folder);
  }

  private static void assertRoundTrip(Path folder) throws IOException {
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    assertThat(test.rows()).isPositive();
    try (InputStream csv = Files.newInputStream(folder.resolve("test-rows.csv"))) {
      FeatureTable again = FeatureTable.encodeLabeled(csv, "test-rows.csv", encoder);
      assertThat(again.names()).isEqualTo(test.names());
      assertThat(again.values()).isEqualTo(test.values());
      assertThat(again.identifiers()).isEqualTo(test.identifiers());
      assertThat(again.labels()).isEqualTo(test.labels());
    }
  }

  private Map<String, ByteBuffer> phones(String name) {
    try {
      Path made = Files.createDirectory(folder.resolve(name));
      DatasetSpec spec = DatasetSpec.parse(Tables.text("/dataset/phones.yaml"), "phones.yaml");
      Preprocessing.run(Tables.stream(Tables.text("/dataset/phones.csv")), "phones", spec, made);
      return files(made);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, ByteBuffer> files(Path folder) throws IOException {
    Map<String, ByteBuffer> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.toList()) {
        files.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
