package dev.propensity.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model;
import dev.propensity.model.Offers;
import dev.propensity.model.metric.ProfitForecast;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchPredictionTest {
  @TempDir private static Path models;
  private static Model model;

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    Offers.train(models, 2);
    model = Model.load(models);
  }

  @Test
  void scoresEveryRowInItsOrderAsServingDoes() throws IOException {
    String csv = Offers.csv(20_000, 3);
    PredictionReport report = run(csv, specification(""), List.of(model));

    FeatureTable table = FeatureTable.encode(stream(csv), "offers.csv", model.encoder());
    List<String> lines = new ArrayList<>(List.of("customer,score,label"));
    float[] scores = model.scorer().scores(table.values(), table.rows());
    for (int row = 0; row < table.rows(); row++) {
      int label = scores[row] >= model.threshold() ? 1 : 0;
      lines.add(table.identifiers()[row] + "," + scores[row] + "," + label);
    }
    assertThat(folder.resolve("predictions.csv")).hasContent(String.join("\n", lines) + "\n");
    FeatureTable arrow = FeatureTable.read(folder.resolve("predictions.arrow"));
    assertThat(arrow.names()).containsExactly("score");
    assertThat(arrow.identifiers()).isEqualTo(table.identifiers());
    assertThat(arrow.values()).isEqualTo(scores);
    assertThat(report.rows()).isEqualTo(20_000);
    assertThat(report.predicted()).isEqualTo(20_000);
    assertThat(report.rejected()).isEmpty();
    assertThat(report.scores()).hasSize(20);
    assertThat(java.util.Arrays.stream(report.scores()).sum()).isEqualTo(20_000);
    assertThat(report.positive())
        .isEqualTo(lines.stream().filter(line -> line.endsWith(",1")).count());
    assertThat(
            PredictionReport.parse(
                Files.readAllBytes(folder.resolve("predictions.json")), "the report"))
        .usingRecursiveComparison()
        .isEqualTo(report);
    assertThat(files()).doesNotContain("submission.csv", "rejected.csv");
  }

  @Test
  void contactsSomeWhateverTheirScoreAndOthersNever() throws IOException {
    // Without the unseen towns, for which there is no forecast.
    String csv = Offers.csv(20_000, 3).replaceAll(",4[0-3]\\.0,", ",1.0,");
    DatasetSpec spec = specification("", "explore: 0.1, control: 0.05, gain: 10, cost: 3");
    PredictionReport report = run(csv, spec, List.of(model));

    List<String> lines = Files.readAllLines(folder.resolve("predictions.csv"));
    assertThat(lines.get(0)).isEqualTo("customer,score,label,contact,reason");
    long contacted = 0;
    Map<String, Integer> reasons = new TreeMap<>();
    List<PredictionsReader.Prediction> rows = new ArrayList<>();
    try (PredictionsReader reader =
        new PredictionsReader(folder.resolve(PredictionsReader.FILE), "it")) {
      reader.forEach(rows::add);
    }
    ProfitForecast forecast = model.forecast().orElseThrow();
    for (int row = 0; row < rows.size(); row++) {
      String[] cells = lines.get(row + 1).split(",");
      reasons.merge(cells[4], 1, Integer::sum);
      assertThat(cells[3])
          .isEqualTo(
              switch (cells[4]) {
                case "explore" -> "1";
                case "control" -> "0";
                default -> cells[2];
              });
      contacted += Integer.parseInt(cells[3]);
      if (cells[3].equals("1")) {
        forecast.addContact(Float.parseFloat(cells[1]));
      }
      assertThat(rows.get(row))
          .isEqualTo(
              new PredictionsReader.Prediction(
                  cells[0],
                  Float.parseFloat(cells[1]),
                  cells[3].equals("1"),
                  Selection.valueOf(cells[4].toUpperCase(Locale.ROOT))));
    }
    // Binomial: 2,000 ± 42 and 1,000 ± 31.
    assertThat(reasons.get("explore")).isBetween(1_850, 2_150);
    assertThat(reasons.get("control")).isBetween(880, 1_120);
    assertThat(report.contacts())
        .isEqualTo(
            new PredictionReport.Contacts(
                contacted, reasons.get("explore"), reasons.get("control")));
    assertThat(report.forecast().profit()).isEqualTo(forecast.profit());
    assertThat(
            PredictionReport.parse(
                Files.readAllBytes(folder.resolve("predictions.json")), "the report"))
        .usingRecursiveComparison()
        .isEqualTo(report);
  }

  @Test
  void givesTheSameBytesWhateverTheThreads() throws IOException {
    DatasetSpec spec = specification("submission: {}\ninvalid_rows: {quarantine_up_to: 0.5}\n");
    String csv = Offers.csv(20_000, 3) + "c3-1,twice\n";
    // A buffer equals another by its bytes; AssertJ would compare arrays byte by byte for minutes.
    TreeMap<String, ByteBuffer> expected = null;
    for (int threads : new int[] {1, 2, 7}) {
      Path out = Files.createDirectory(folder.resolve("threads" + threads));
      BatchPrediction.run(stream(csv), "offers.csv", List.of(model), spec, threads, out);
      TreeMap<String, ByteBuffer> bytes = new TreeMap<>();
      for (String file : files(out)) {
        bytes.put(file, ByteBuffer.wrap(Files.readAllBytes(out.resolve(file))));
      }
      expected = expected == null ? bytes : expected;
      assertThat(bytes).hasSize(5).isEqualTo(expected);
    }
  }

  @Test
  void takesAnyOrderOfColumnsWithoutLabelsAndWithOthers() throws IOException {
    String csv =
        "more,town,age,customer,income,member,size,sex\n"
            + "x,7.0,40,\"a,\"\"b\",1000,no,small,f\n";
    run(csv, specification(""), List.of(model));
    String[] cells = lines("predictions.csv").get(1).split(",");
    assertThat(lines("predictions.csv").get(1)).startsWith("\"a,\"\"b\",0.");
    assertThat(cells).hasSize(4);
  }

  @Test
  void averagesModelsEachThroughItsOwnEncoder() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    for (String file : files(models)) {
      Files.copy(models.resolve(file), other.resolve(file));
    }
    Path encoder = other.resolve("encoder.json");
    String towns = Files.readString(encoder).replace("\"0.0\",\"1.0\"", "\"1.0\",\"0.0\"");
    Files.writeString(encoder, towns);
    Model second = Model.load(other);
    String csv = Offers.csv(500, 4);
    run(csv, specification(""), List.of(model, second, second));

    float[] a = scores(model, csv);
    float[] b = scores(second, csv);
    assertThat(a).isNotEqualTo(b);
    float[] mean = new float[a.length];
    for (int row = 0; row < a.length; row++) {
      mean[row] = (float) (((double) a[row] + b[row] + b[row]) / 3);
    }
    assertThat(FeatureTable.read(folder.resolve("predictions.arrow")).values()).isEqualTo(mean);
  }

  @Test
  void listsEveryRowThatItRejectsWithLineColumnValueAndReason() throws IOException {
    String invalid =
        "a,17,1,1.0,f,small,no,no\n"
            + "b,40,\"1,5\",1.0,f,small,no,no\n"
            + "c3-1,40,1,1.0,f,small,no,no\n"
            + ",40,1,1.0,f,small,no,no\n"
            + "d,40\n"
            + "e,40,1,1.0,f,small,no,third label\n";
    PredictionReport report =
        run(
            Offers.csv(100, 3) + invalid,
            specification("invalid_rows: {quarantine_up_to: 0.05}\n"),
            List.of(model));

    assertThat(folder.resolve("rejected.csv"))
        .hasContent(
            """
            line,column,value,reason
            102,age,17,below 18
            103,income,"1,5","not a number; for decimal commas separate the cells by ';', or set decimal: "",""\"
            105,customer,,identifier is missing
            106,the row,"d,40,…",2 cells where the header has 8
            """);
    assertThat(report.rows()).isEqualTo(106);
    assertThat(report.predicted()).isEqualTo(102);
    assertThat(report.rejected())
        .containsEntry("missing", 1L)
        .containsEntry("ragged", 1L)
        .hasSize(4);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(lines("predictions.csv")).hasSize(103);
    assertThat(lines("predictions.csv").get(101)).startsWith("c3-1,");
    assertThat(lines("predictions.csv").get(102)).startsWith("e,");
  }

  @Test
  void failsOnInvalidRowsBeyondWhatTheSpecificationAllows() {
    String csv = Offers.csv(100, 3) + "a,17,1,1.0,f,small,no,no\n";
    assertThatThrownBy(() -> run(csv, specification(""), List.of(model)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "offers.csv: 1 of 101 rows are invalid\nline 102, age is '17': below");
    assertThatThrownBy(
            () ->
                run(
                    csv,
                    specification("invalid_rows: {quarantine_up_to: 0.009}\n"),
                    List.of(model)))
        .hasMessageEndingWith("more than invalid_rows.quarantine_up_to allows: 0.009");
    assertThatThrownBy(() -> run("customer,age\nx,1\n", specification(""), List.of(model)))
        .hasMessage(
            "offers.csv, line 1: missing columns: 'income', 'town', 'sex', 'size', 'member'");
    assertThatThrownBy(() -> run(Offers.csv(0, 1), specification(""), List.of(model)))
        .hasMessage("offers.csv has a header and no rows");
  }

  @Test
  void countsDuplicateIdentifiersAndUnseenCategoriesAndScoresTheRows() throws IOException {
    String csv =
        Offers.csv(100, 3)
            + "c3-1,40,1,1.0,f,small,no,no\n".repeat(2)
            + "c3-5,40,1,nowhere,f,small,no,no\n"
            + "c4-1,40,1,\uFF13.0,f,small,no,no\n";
    BatchPrediction.Predicted predicted = predicted(csv, specification(""), List.of(model));
    PredictionReport report = predicted.report();
    assertThat(report.rows()).isEqualTo(104);
    assertThat(report.predicted()).isEqualTo(104);
    assertThat(report.duplicates()).isEqualTo(3);
    assertThat(predicted.duplicates())
        .containsExactly(
            "'c3-1' on lines 3 and 102", "'c3-1' on lines 3 and 103", "'c3-5' on lines 7 and 104");
    assertThat(lines("predictions.csv").get(103)).startsWith("c3-5,");

    long unseen =
        csv.lines()
            .filter(line -> line.matches("[^,]*,[^,]*,[^,]*,(4[0-3][.]0|nowhere|\uFF13.0),.*"))
            .count();
    assertThat(report.unseen()).isEqualTo(new TreeMap<>(Map.of("town", unseen)));
    assertThat(predicted.unseen().lines())
        .containsExactly(
            "town: "
                + unseen
                + " of 104 rows have an unseen category ('\uFF13.0' looks like '3.0')");
    assertThat(report.lookAlikes())
        .isEqualTo(new TreeMap<>(Map.of("town", new TreeMap<>(Map.of("\uFF13.0", "3.0")))));
    assertThat(report.warnings()).isEqualTo(predicted.unseen().warnings());
    assertThat(predicted.unseen().warnings()).hasSize(1);
    assertThat(report.doubtful()).containsExactly("town");
    assertThat(report.csv()).isEqualTo("separator=comma, decimal=point");
    assertThat(report.numbered()).isFalse();
    assertThat(
            PredictionReport.parse(
                Files.readAllBytes(folder.resolve("predictions.json")), "the report"))
        .usingRecursiveComparison()
        .isEqualTo(report);
  }

  @Test
  void identifiesRowsByTheirNumberWhereTheTableHasNoIdentifier() throws IOException {
    String rows = "age;income;town;sex;size;member\n40;1,5;1.0;f;small;no\n41;2;1.0;m;;yes\n";
    PredictionReport report = run(rows, specification(""), List.of(model));
    assertThat(report.numbered()).isTrue();
    assertThat(report.csv()).isEqualTo("separator=semicolon, decimal=comma");
    assertThat(report.duplicates()).isZero();
    assertThat(report.unseen()).isEmpty();
    assertThat(Files.readString(folder.resolve(PredictionReport.FILE)))
        .doesNotContain("unseen", "look_alikes");
    assertThat(lines("predictions.csv").get(0)).isEqualTo("customer,score,label");
    assertThat(lines("predictions.csv").get(1)).startsWith("1,0.");
    assertThat(lines("predictions.csv").get(2)).startsWith("2,0.");
  }

  @Test
  void writesACompetitionsFileInItsOwnColumns() throws IOException {
    run(Offers.csv(50, 3), specification("submission: {prediction: target}\n"), List.of(model));
    List<String> predictions = lines("predictions.csv");
    assertThat(lines("submission.csv").get(0)).isEqualTo("customer,target");
    for (int row = 1; row <= 50; row++) {
      String line = predictions.get(row);
      assertThat(lines("submission.csv").get(row))
          .isEqualTo(line.substring(0, line.lastIndexOf(',')));
    }

    run(
        Offers.csv(50, 3),
        specification("submission: {identifier: row, value: label}\n"),
        List.of(model));
    assertThat(lines("submission.csv").get(0)).isEqualTo("row,taken");
    for (int row = 1; row <= 50; row++) {
      String label = predictions.get(row).endsWith(",1") ? ",yes" : ",no";
      assertThat(lines("submission.csv").get(row)).isEqualTo("c3-" + (row - 1) + label);
    }
  }

  /** Rows of twice the heap's size: they are streamed, and only hashes of identifiers are kept. */
  @Test
  void needsNoMemoryForRows() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ManyRows.class.getName(),
            models.toString(),
            folder.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).endsWith("1000000 rows\n");
  }

  /** The main class of the separate process of {@link #needsNoMemoryForRows}. */
  static final class ManyRows {
    private static final int ROWS = 1_000_000;
    private static final String HEADER = "customer,age,income,town,sex,size,member,taken,note\n";

    public static void main(String... arguments) throws IOException {
      Model model = Model.load(Path.of(arguments[0]));
      InputStream rows =
          new InputStream() {
            private byte[] line = HEADER.getBytes(StandardCharsets.UTF_8);
            private int place;
            private int next;

            @Override
            public int read() {
              if (place == line.length) {
                if (next == ROWS) {
                  return -1;
                }
                String rest = ",40,12.34,7.0,f,small,no,yes,?\n".replace("?", "x".repeat(150));
                line = ("customer" + next++ + rest).getBytes(StandardCharsets.UTF_8);
                place = 0;
              }
              return line[place++];
            }
          };
      PredictionReport report =
          BatchPrediction.run(rows, "rows", List.of(model), Offers.SPEC, 2, Path.of(arguments[1]))
              .report();
      System.out.println(report.predicted() + " rows");
    }
  }

  private PredictionReport run(String csv, DatasetSpec spec, List<Model> by) throws IOException {
    return predicted(csv, spec, by).report();
  }

  private BatchPrediction.Predicted predicted(String csv, DatasetSpec spec, List<Model> by)
      throws IOException {
    return BatchPrediction.run(stream(csv), "offers.csv", by, spec, 2, folder);
  }

  private static float[] scores(Model by, String csv) {
    Encoder encoder = by.encoder();
    FeatureTable table = FeatureTable.encode(stream(csv), "offers.csv", encoder);
    return by.scorer().scores(table.values(), table.rows());
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private List<String> files() throws IOException {
    return files(folder);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toList());
    }
  }

  private static InputStream stream(String csv) {
    return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static DatasetSpec specification(String more) {
    return specification(more, "gain: 10, cost: 3");
  }

  private static DatasetSpec specification(String more, String offer) {
    return DatasetSpec.parse(
        """
        name: offers
        title: Who takes the offer?
        source: offers.csv
        identifier: customer
        label: {column: taken, positive: "yes", negative: "no"}
        features:
          - {name: age, kind: number}
        offer: {%s}
        """
                .formatted(offer)
            + more,
        "offers.yaml");
  }
}
