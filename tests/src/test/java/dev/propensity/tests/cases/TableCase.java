package dev.propensity.tests.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One awkward table.
 *
 * @param name of its folder; for a folder of several tables, with the file
 * @param table the file that is sent
 * @param specification of the dataset
 * @param modelSource where the model's training rows come from, as {@code download --source} reads
 *     it
 * @param invocationsType the media type at {@code /invocations}
 * @param labeled whether the table is meant for training too
 */
record TableCase(
    String name,
    Path table,
    Path specification,
    String modelSource,
    String invocationsType,
    boolean labeled) {
  private static final Path FOLDER = Path.of("src/test/resources/cases");
  private static final Path BASE = FOLDER.resolve("00-base");
  private static final Path INSURANCE = Path.of("../datasets/insurance.yaml");
  private static final String INSURANCE_ROWS = "src/test/resources/insurance-rows.csv";
  private static final String SPECIFICATION = "dataset.yaml";
  private static final String TRAINING_ROWS = "train.csv";
  private static final String TYPE = "invocations-type.txt";
  private static final String UPLOADS = "upload";
  private static final Path GENERATED = Path.of("target/cases");

  /** The synthetic tables, which are files of this project, by name. */
  static List<TableCase> synthetic() throws IOException {
    List<TableCase> cases = new ArrayList<>();
    for (Path folder : list(FOLDER)) {
      if (folder.endsWith(UPLOADS)) {
        for (Path file : list(folder)) {
          cases.add(insurance(UPLOADS + "/" + file.getFileName(), file));
        }
      } else if (Files.isDirectory(folder)) {
        cases.add(of(folder));
      }
    }
    for (Path table : LargeTables.write(GENERATED)) {
      String name = table.getParent().getFileName().toString();
      cases.add(base(name, table));
    }
    return chosen(cases);
  }

  private static TableCase base(String name, Path table) {
    String rows = BASE.resolve("in.csv").toString();
    return new TableCase(name, table, BASE.resolve(SPECIFICATION), rows, "text/csv", true);
  }

  /** Those whose names match the system property {@code cases}; all without it. */
  private static List<TableCase> chosen(List<TableCase> all) {
    Pattern names = Pattern.compile(System.getProperty("cases", ".*"));
    return all.stream().filter(table -> names.matcher(table.name()).matches()).toList();
  }

  /** Tables of public rows, which are not kept here. */
  static List<TableCase> publicRows(Path shared) {
    Path folder = shared.resolve("cases");
    Path leak = folder.resolve("B-label-leak");
    Path unseen = folder.resolve("D-unseen-in-predict");
    Path small = folder.resolve("E-small-table-defaults");
    return chosen(
        List.of(
            own("B-label-leak", leak, "loanapp-id.csv", "dataset-clean.yaml"),
            insurance("D-unseen-in-predict/floats.csv", unseen.resolve("floats.csv")),
            insurance("D-unseen-in-predict/ints.csv", unseen.resolve("ints.csv")),
            own("E-small-table-defaults/breast.csv", small, "breast.csv", "breast.yaml"),
            own("E-small-table-defaults/Mroz-id.csv", small, "Mroz-id.csv", "mroz.yaml")));
  }

  private static TableCase own(String name, Path folder, String table, String specification) {
    Path file = folder.resolve(table);
    return new TableCase(
        name, file, folder.resolve(specification), file.toString(), "text/csv", true);
  }

  private static TableCase insurance(String name, Path file) {
    return new TableCase(name, file, INSURANCE, INSURANCE_ROWS, "text/csv", false);
  }

  private static TableCase of(Path folder) throws IOException {
    Path specification = folder.resolve(SPECIFICATION);
    Set<String> others = Set.of(SPECIFICATION, TRAINING_ROWS, TYPE);
    Path table =
        list(folder).stream()
            .filter(file -> !others.contains(file.getFileName().toString()))
            .findFirst()
            .orElseThrow(() -> new IOException(folder + " has no table"));
    Path type = folder.resolve(TYPE);
    return new TableCase(
        folder.getFileName().toString(),
        table,
        specification,
        trainingRows(folder, table).toString(),
        Files.exists(type) ? Files.readString(type).strip() : "text/csv",
        true);
  }

  // The label is no part of what scoring reads: tables that differ in it alone share a model.
  private static Path trainingRows(Path folder, Path table) throws IOException {
    if (Files.exists(folder.resolve(TRAINING_ROWS))) {
      return folder.resolve(TRAINING_ROWS);
    }
    boolean base = shape(folder.resolve(SPECIFICATION)).equals(shape(BASE.resolve(SPECIFICATION)));
    return base ? BASE.resolve("in.csv") : table;
  }

  private static List<String> shape(Path specification) throws IOException {
    try (Stream<String> lines = Files.lines(specification)) {
      return lines.filter(line -> !line.startsWith("label:")).toList();
    }
  }

  /** The specification that the model is trained with. */
  Path modelSpecification() {
    boolean base = Path.of(modelSource).startsWith(BASE);
    return base ? BASE.resolve(SPECIFICATION) : specification;
  }

  /** A text without the folders of this case's files. */
  String withoutFolders(String text) {
    return text.replace(table.toAbsolutePath().toString(), table.getFileName().toString())
        .replace(table.toString(), table.getFileName().toString())
        .replace(specification.toString(), specification.getFileName().toString());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
