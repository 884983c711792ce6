package dev.propensity.tasks.invoke;

import dev.propensity.table.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Scores as lines of a CSV: {@code id,score,label}. The file appears only when it is complete. */
final class ScoresFile implements AutoCloseable {
  /** The destination of the lines. */
  private interface Lines {
    void add(String line) throws IOException;
  }

  private final Lines lines;
  private final @Nullable BufferedWriter writer;
  private final @Nullable Path part;
  private final @Nullable Path file;

  private ScoresFile(
      Lines lines, @Nullable BufferedWriter writer, @Nullable Path part, @Nullable Path file)
      throws IOException {
    this.lines = lines;
    this.writer = writer;
    this.part = part;
    this.file = file;
    lines.add("id,score,label");
  }

  /** Prints the scores line by line. */
  static ScoresFile to(java.util.function.Consumer<String> printed) throws IOException {
    return new ScoresFile(printed::accept, null, null, null);
  }

  /** Writes the scores into this file, replacing an existing one. */
  static ScoresFile to(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    // Not a temporary file, which only its owner may read.
    Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    BufferedWriter writer = Files.newBufferedWriter(part);
    return new ScoresFile(line -> writer.append(line).append('\n'), writer, part, file);
  }

  /**
   * Adds a row's score.
   *
   * @param label null if the endpoint returns none
   */
  void add(String id, float score, @Nullable Integer label) throws IOException {
    CsvWriter line = new CsvWriter(64);
    line.cell(id).cell(Float.toString(score)).cell(label == null ? "" : label.toString());
    lines.add(line.text());
  }

  /** Marks the scores as complete. */
  void finish() throws IOException {
    if (writer != null) {
      writer.close();
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
      Files.deleteIfExists(part);
    }
  }
}
