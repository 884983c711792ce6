package dev.propensity.tasks.init;

import dev.propensity.dataset.draft.LearnerDraft;
import dev.propensity.dataset.draft.SpecDraft;
import dev.propensity.dataset.draft.SpecDrafting;
import dev.propensity.foundation.UserException;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.parquet.TableFile;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drafts the specification of a table, for review. */
@Command(
    name = "init",
    description =
        "Drafts the specification of a table: its columns, label, identifier and split. Writes it"
            + " with a report, for review.")
public final class InitTask extends Task {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description =
          "The table: a CSV or Parquet file, plain or as .gz or .zip, or a folder of Parquet files.")
  private String data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column to predict. Default: the only likely column with two values.")
  private @Nullable String label;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The dataset's name. Default: from the file's name.")
  private @Nullable String name;

  @Option(
      names = "--datasets",
      defaultValue = "datasets",
      paramLabel = "FOLDER",
      description =
          "The folder to write NAME.yaml to; an existing file is not overwritten. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path datasets;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "File to write the report to, as HTML. {name} is replaced. Default: none.")
  private @Nullable String report;

  @Option(
      names = "--compare",
      description =
          "Compare the learners by cross-validation on a sample of the rows, and draft the best"
              + " one.")
  private boolean compare;

  public static void main(String... arguments) {
    Task.main(new InitTask(), arguments);
  }

  @Override
  protected Outcome perform() throws IOException {
    Path file = file();
    DraftName named = DraftName.of(name, file);
    Path target = datasets.resolve(named.text() + ".yaml");
    requireAbsent(target);
    named.requireDistinct(datasets);
    SpecDrafting drafting = SpecDrafting.read(() -> open(file), data);
    SpecDraft draft = drafting.draft(named.text(), file.toString(), given(label));
    Comparison comparison = compare ? LearnerComparison.run(drafting, draft) : null;
    LearnerDraft learner =
        comparison == null ? LearnerDraft.DEFAULT : LearnerComparison.learner(comparison);
    String yaml = draft.yaml(learner);
    write(target, yaml);
    Path page = report == null ? null : Path.of(report.replace("{name}", named.text()));
    if (page != null) {
      Files.createDirectories(page.toAbsolutePath().getParent());
      Files.writeString(page, new DraftPage(draft, comparison, yaml).html());
    }
    DraftSummary.lines(draft, comparison).forEach(this::print);
    if (page != null) {
      print(DraftSummary.line("report", page.toString()));
    }
    return new Outcome(
        Outcome.Status.DONE,
        null,
        "wrote " + target + ": check it, then train: make run DATASET=" + named.text());
  }

  private InputStream open(Path file) throws IOException {
    TableFile table = TableFile.open(file, data, false, bytes -> {});
    return new FilterInputStream(table.csv()) {
      @Override
      public void close() throws IOException {
        table.close();
      }
    };
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private Path file() {
    Path file;
    try {
      file = Path.of(data).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UserException("'" + data + "' is not a path", e);
    }
    if (!Files.exists(file)) {
      throw new UserException("no such file: " + data);
    }
    boolean isTable = Files.isRegularFile(file) || Files.isDirectory(file);
    if (!isTable || !Files.isReadable(file)) {
      throw new UserException(data + " is not a readable file");
    }
    return file;
  }

  private static void requireAbsent(Path target) {
    if (Files.exists(target)) {
      throw exists(target);
    }
  }

  private static UserException exists(Path target) {
    return new UserException(
        target
            + " exists already, and is not overwritten: choose another name with NAME=…, or"
            + " delete the file");
  }

  /** Writes the file whole or not at all, and never over another one. */
  static void write(Path target, String yaml) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    long process = ProcessHandle.current().pid();
    Path partial = target.resolveSibling(target.getFileName() + "." + process + ".partial");
    try {
      Files.writeString(partial, yaml);
      link(partial, target);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void link(Path partial, Path target) throws IOException {
    try {
      Files.createLink(target, partial);
    } catch (FileAlreadyExistsException e) {
      throw exists(target);
    } catch (FileSystemException | UnsupportedOperationException e) {
      requireAbsent(target); // a file system without links
      Files.move(partial, target);
    }
  }
}
