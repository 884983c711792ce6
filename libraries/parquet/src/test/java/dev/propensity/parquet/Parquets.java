package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The Parquet files of the tests, which {@code make.py} beside them writes. */
final class Parquets {
  /** What the files of 20 people are as CSV. */
  static final String PEOPLE = people(20);

  private Parquets() {}

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Parquets.class.getResource("/files/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A file or folder as CSV. */
  static String csv(Path file) {
    try (InputStream csv = ParquetTable.open(file, "t").csv(false, Parquets::limit)) {
      return new String(csv.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void limit(long bytes) {
    if (bytes > 100_000) {
      throw new UserException("t is too large");
    }
  }

  static String people(int count) {
    String[] words = {"red", "größe", "\"a \"\"b\"\", c\"", "\" x \"", "\"two\nlines\"", "", ""};
    StringBuilder csv = new StringBuilder("id,word,amount,flag\n");
    for (int i = 1; i <= count; i++) {
      String amount = i % 5 == 0 ? "" : i / 10 + "." + i % 10;
      csv.append(i).append(',').append(words[i % 7]).append(',').append(amount);
      csv.append(',').append(i % 3 == 0).append('\n');
    }
    return csv.toString();
  }
}
