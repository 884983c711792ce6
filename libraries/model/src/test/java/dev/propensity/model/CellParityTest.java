package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.foundation.UserException;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells in all their spellings mean the same to Java and to the model directory in Python. */
class CellParityTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: spellings
          title: Which spelling?
          source: spellings.csv
          identifier: id
          label: {column: label, positive: 1, negative: 0}
          features:
            - {name: amount, kind: number, maximum: 1000, missing: true, missing_values: [NA, "-999"]}
            - {name: price, kind: number}
            - {name: region, kind: category, missing: true, missing_values: [none, "0"]}
            - {name: code, kind: category}
            - {name: città, kind: category}
            - {name: grade, kind: ordinal, values: ["1", "2", "3"]}
            - {name: flag, kind: boolean, values: ["0", "1"]}
            - {name: member, kind: boolean, values: ["no", "yes"]}
            - {name: size, kind: ordinal, values: [small, größer], missing: true, missing_values: ["?"]}
            - {name: band, kind: category, values: ["1.0", "2.0", "3.0"]}
            - {name: joined, kind: date, since: 2020-01-01, parts: [month, weekday], missing: true,
               missing_values: [0000-00-00]}
            - {name: born, kind: date, formats: [dd.MM.yyyy, d/M/yyyy, yyyyMMdd, "yyyy-MM-dd H:mm:ss"],
               minimum: 1900-01-01, maximum: 2024-02-29, parts: [month]}
          offer: {gain: 100, cost: 30}
          """,
          "spellings.yaml");

  private static final Map<String, List<String>> CATEGORIES =
      Map.of(
          "region", List.of("3", "28.0", "100", "-1.5"),
          "code", List.of("007", "12", "AB", "1e3"),
          "città", List.of("Zürich", "Genève", "\u2003Bern"),
          "band", List.of("1.0", "2.0"));

  private static final List<String> BASE =
      List.of(
          "40",
          "9.99",
          "3",
          "AB",
          "Zürich",
          "2",
          "1",
          "yes",
          "small",
          "1.0",
          "2024-02-03",
          "03.02.2000");

  private static final String NUL = "\u0000";

  /** Characters that do not count around a cell. */
  private static final List<String> BLANK = List.of(" ", "\t", "\n", "\r", " \r\n\t");

  /** White space and invisible characters that do count. */
  private static final List<String> NOT_BLANK =
      List.of(
          "\u00A0", "\u2003", "\u2007", "\u202F", "\u3000", "\u2028", "\uFEFF", "\u200B", "\u0085",
          "\u000B", "\f", "\u001C", NUL);

  /** Texts that are valid, by their column. */
  private static final List<String[]> TEXTS =
      List.of(
          row("amount", "40", "40.0", " 40", "4e1", "+40", "0040", ".5", "5.", "1.5e-3", "1000"),
          row("amount", "NA", "-999", " NA ", "", "  ", "\t", "-999.0", "0.1", "1e-400"),
          row("price", "16777217", "0.1", "3.4028234e38", "-0", "123456789012345678", "1e-45"),
          row("region", "3", "3.0", "3.00", "0.3e1", "03", "28", "28.0", "2.8e1", " 28 ", "+28"),
          row("region", "none", "0", "0.0", "-0", "", "29", "x", "-1.5", "-1.50", "None", "1e2"),
          row("code", "007", "7", "7.0", "12", "12.0", "AB", "ab", " AB ", "1e3", "1000", "ＡＢ"),
          row("città", "Zürich", "Zu\u0308rich", "Genève", "Gene\u0300ve", " Zürich", "zürich"),
          row("città", "Zürich\u200B", "\u00A0Zürich", "Bern", "\u2003Bern", " \u2003Bern\t"),
          row("città", around("Zürich")),
          row("code", around("12")),
          row("region", around("28")),
          row("region", around("none")),
          row("region", NOT_BLANK),
          row("region", BLANK),
          row("amount", around("NA", BLANK)),
          row("grade", "1", "1.0", "2", "2.00", "3", "0.3e1", " 3 "),
          row("flag", "0", "1", "1.0", "0.0", "+1", "10e-1"),
          row("size", "small", "größer", "gro\u0308ßer", "?", "", " ? "),
          row("band", "1.0", "1", "1.00", "2", "2.0", "3", "3.0"),
          row("joined", "2024-02-03", "2024-02-29", "2000-02-29", "1899-12-31", "9999-12-31"),
          row("joined", "0001-01-01", "2020-01-01", "2019-12-31", " 2024-02-03 ", "", "0000-00-00"),
          row("joined", "2024-02-03T10:15:00Z", "2024-02-03 10:15", "2024-02-03T23:59:59.999999"),
          row(
              "joined",
              "2024-02-03 10:15:00+01:00",
              "2024-02-03T10:15-0330",
              "2024-02-03 00:00+02"),
          row("joined", around("2024-02-03", BLANK)),
          row(
              "born",
              "03.02.2000",
              "3/2/2000",
              "03/02/2000",
              "3/12/2000",
              "20000203",
              "29.02.2024"),
          row("born", "2000-02-03 9:05:00", "2000-02-03 09:05:59", "01.01.1900", "31/12/1999"));

  /** Texts that are invalid, by their column. */
  private static final List<String[]> INVALID =
      List.of(
          row(
              "amount",
              "x",
              "1,5",
              "1 000",
              "NaN",
              "-inf",
              "Infinity",
              "1e999",
              "1001",
              "0x10",
              "na"),
          row("price", "", " ", "1e39", "3.4028235e38", "--1", "1.2.3", "٣", "1_000"),
          row("amount", around("40", NOT_BLANK)),
          row("amount", around("NA", NOT_BLANK)),
          row("amount", "ınf"),
          row("size", around("small", NOT_BLANK)),
          row("size", around("?", NOT_BLANK)),
          row("grade", around("1", NOT_BLANK)),
          row("grade", "4", "", "one", "1.5", "01x"),
          row("flag", "2", "true", "yes"),
          row("size", "SMALL", "??", "gros"),
          row("band", "4", "4.0", "one"),
          row("joined", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10"),
          row("joined", "0000-01-01", "2024-2-3", "24-02-03", "2024-02-03T", "2024-02-03T24:00"),
          row("joined", "2024-02-03T10:15:00z", "2024-02-03t10:15", "2024-02-03 10", "03.02.2024"),
          row(
              "joined",
              "2024-02-03 10:15:60",
              "2024-02-03 10:15:00.",
              "20240203",
              "x",
              "2024-02-3０"),
          row(
              "joined",
              "2024/02/03",
              "-2024-02-03",
              "2024-02-03 10:15 +01:00",
              "12024-02-03",
              "1e3"),
          row("joined", around("2024-02-03", NOT_BLANK)),
          row(
              "born",
              "31.12.1899",
              "01.03.2024",
              "30.02.2000",
              "3.2.2000",
              "2/30/2000",
              "003/2/2000"),
          row("born", "2000-02-03 24:00:00", "2000-02-03 9:60:00", "2000-02-03", "200002033", ""));

  /**
   * Numbers and truths as pandas and JSON have them, each with the text of a CSV that is the same.
   */
  private static final List<String[]> TYPED =
      List.of(
          row("amount", "40", "40", "40.0", "40", "0.1", "0.1", "-999", "NA", "-999.0", "NA"),
          row("price", "16777217", "16777217", "0.1", "0.1", "1e300", null),
          row("price", "true", null, "null", null),
          row("region", "28", "28", "28.0", "28", "3", "3", "-1.5", "-1.5", "29", "29"),
          row("region", "0", "0", "0.0", "0", "null", "", "1e2", "100"),
          row("code", "12", "12", "12.0", "12", "7", "007", "1000.0", "1e3", "13", "13"),
          row("grade", "1", "1", "1.0", "1", "3.0", "3", "4", null, "1.5", null),
          row("flag", "0", "0", "1", "1", "1.0", "1", "true", "1", "false", "0"),
          row("member", "true", "yes", "false", "no", "1", null),
          row("size", "null", ""),
          row("band", "1", "1.0", "1.0", "1.0", "2", "2.0", "3", "3.0", "4", null),
          row("born", "20000203", "20000203", "20000203.0", "20000203", "true", null, "3", null),
          row("joined", "null", "", "20240203", null));

  /** Dates that pandas has in types of its own. */
  private static final List<String> DATES = List.of("2024-02-29", "1969-12-31", "2020-01-01");

  @TempDir static Path folder;
  private static Encoder encoder;
  private static Model model;
  private static JsonNode python;

  private static String[] row(String... column) {
    return column;
  }

  private static String[] row(String column, List<String> cells) {
    return Stream.concat(Stream.of(column), cells.stream()).toArray(String[]::new);
  }

  /** The word with each of these characters before and after it. */
  private static List<String> around(String word, List<String> characters) {
    return characters.stream().flatMap(c -> Stream.of(c + word, word + c)).toList();
  }

  private static List<String> around(String word) {
    return around(word, Stream.concat(BLANK.stream(), NOT_BLANK.stream()).toList());
  }

  @BeforeAll
  static void encodeInBoth() throws Exception {
    Python.interpreter(); // before there is any work
    encoder = encoder();
    Trainer trainer = Trainers.named("xgboost");
    ObjectMapper json = new ObjectMapper();
    JsonNode parameters =
        trainer.parameters(json.readTree("{\"rounds\": 40, \"min_child_weight\": 1}"));
    FeatureTable train = table(3000, 1);
    FeatureTable validation = table(1000, 2);
    TrainedModel trained = trainer.train(encoder, train, validation, parameters, 2);
    Path directory = Files.createDirectory(folder.resolve("model"));
    new ModelDirectory(SPEC, false, trainer.name(), parameters)
        .write(directory, trained, encoder, train, validation);
    model = Model.load(directory);
    encoder = model.encoder();
    json.writeValue(
        folder.resolve("cells.json").toFile(),
        Map.of(
            "columns",
            encoder.columns().stream().map(Encoder.Feature::name).toList(),
            "base",
            BASE,
            "texts",
            pairs(TEXTS, 1),
            "invalid",
            pairs(INVALID, 1),
            "names",
            around("region"),
            "typed",
            pairs(TYPED, 2),
            "dates",
            DATES));
    Python.run("cells.py", folder);
    python = json.readTree(folder.resolve("answers.json").toFile());
  }

  private static Encoder encoder() {
    List<Encoder.Feature> features = new ArrayList<>();
    for (Column column : SPEC.columns()) {
      List<String> words = CATEGORIES.getOrDefault(column.name(), List.of());
      boolean numeric = column.name().equals("region") || column.name().equals("band");
      features.add(
          new Encoder.Feature(column, words, numeric && column.kind() == ColumnKind.CATEGORY));
    }
    return new Encoder(SPEC.identifier(), SPEC.label(), features);
  }

  private static FeatureTable table(int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("id,label");
    SPEC.columns().forEach(column -> csv.append(',').append(column.name()));
    for (int row = 0; row < rows; row++) {
      StringBuilder cells = new StringBuilder();
      double margin = 0;
      for (Column column : SPEC.columns()) {
        List<String> words =
            column.kind() == ColumnKind.CATEGORY ? CATEGORIES.get(column.name()) : column.values();
        int word = random.nextInt(words.isEmpty() ? 1000 : words.size());
        String number = column.date() == null ? String.valueOf(word) : date(column.date(), word);
        margin += words.isEmpty() ? word / 500.0 - 1 : word * 0.7 - 0.5;
        cells.append(',').append(words.isEmpty() ? number : words.get(word));
      }
      boolean positive = random.nextDouble() < 1 / (1 + Math.exp(-margin));
      csv.append('\n').append(row).append(positive ? ",1" : ",0").append(cells);
    }
    return FeatureTable.encodeLabeled(stream(csv.append('\n').toString()), "rows.csv", encoder);
  }

  private static String date(DateRule rule, int number) {
    return rule.formats().get(0).format(LocalDate.of(2015, 1, 1).plusDays(number));
  }

  /** Each cell with its column, of rows that have a cell at every so many places. */
  private static List<String[]> pairs(List<String[]> rows, int step) {
    List<String[]> pairs = new ArrayList<>();
    for (String[] row : rows) {
      for (int i = 1; i < row.length; i += step) {
        pairs.add(new String[] {row[0], row[i]});
      }
    }
    return pairs;
  }

  @Test
  void textsScoreTheSame() {
    List<String[]> cells = pairs(TEXTS, 1);
    StringBuilder csv = new StringBuilder("id");
    SPEC.columns().forEach(column -> csv.append(',').append(column.name()));
    for (String[] cell : cells) {
      csv.append('\n').append(csv.length());
      for (int i = 0; i < BASE.size(); i++) {
        boolean other = SPEC.columns().get(i).name().equals(cell[0]);
        String text = other ? cell[1] : BASE.get(i);
        csv.append(",\"").append(text.replace(NUL, "")).append('"');
      }
    }
    FeatureTable table =
        FeatureTable.encode(stream(csv.append('\n').toString()), "cells.csv", encoder);
    int width = encoder.features().size();
    for (int row = 0; row < cells.size(); row++) {
      if (cells.get(row)[1].contains(NUL)) { // in JSON only: a CSV has none
        float[] values = encode(cells.get(row)[0], cells.get(row)[1]);
        System.arraycopy(values, 0, table.values(), row * width, width);
      }
    }
    float[] scores = model.scorer().scores(table.values(), table.rows());
    assertThat(python.get("texts")).hasSize(cells.size());
    for (int row = 0; row < cells.size(); row++) {
      String name = cells.get(row)[0] + " '" + cells.get(row)[1] + "'";
      float[] values = Arrays.copyOfRange(table.values(), row * width, (row + 1) * width);
      assertSame(python.get("texts").get(row), values, scores[row], name);
    }
  }

  @Test
  void numbersOfPandasScoreAsTheirTextsInATable() {
    List<String[]> cells = pairs(TYPED, 2);
    List<String> texts =
        TYPED.stream()
            .flatMap(
                row ->
                    IntStream.iterate(2, i -> i < row.length, i -> i + 2)
                        .mapToObj(i -> row[i] == null ? "invalid" : row[i]))
            .toList();
    for (int i = 0; i < cells.size(); i++) {
      String name = cells.get(i)[0] + " " + cells.get(i)[1];
      for (JsonNode answer : python.get("typed").get(i)) { // as an object, and as pandas' own type
        if (texts.get(i).equals("invalid")) {
          assertThat(answer.has("error")).as(name).isTrue();
        } else {
          float[] values = encode(cells.get(i)[0], texts.get(i));
          assertSame(answer, values, model.scorer().score(values, 0), name);
        }
      }
    }
  }

  @Test
  void datesOfPandasScoreAsTheirTextsInATable() {
    for (int i = 0; i < DATES.size(); i++) {
      float[] values = encode("joined", DATES.get(i));
      assertThat(python.get("dates").get(i)).hasSize(5);
      for (JsonNode answer : python.get("dates").get(i)) {
        assertSame(answer, values, model.scorer().score(values, 0), DATES.get(i));
      }
    }
  }

  @Test
  void invalidTextsAreRejectedForTheSameReason() {
    List<String[]> cells = pairs(INVALID, 1);
    for (int i = 0; i < cells.size(); i++) {
      String column = cells.get(i)[0];
      String text = cells.get(i)[1];
      UserException rejection =
          catchThrowableOfType(UserException.class, () -> encode(column, text));
      assertThat(rejection).as("%s '%s'", column, text).isNotNull();
      String error = python.get("invalid").get(i).path("error").asText();
      assertThat(error).as("%s '%s'", column, text).startsWith("row 1, " + column + " is '");
      String rule = error.substring(error.indexOf("': ") + 3).replaceFirst("e\\+38$", "");
      String reason = rejection.getMessage().substring(rejection.getMessage().indexOf(": ") + 2);
      if (rule.startsWith("above 3.4028")) {
        assertThat(reason).isEqualTo("above float32's range");
      } else {
        assertThat(reason).as("%s '%s'", column, text).startsWith(rule);
      }
    }
  }

  @Test
  void columnsNamesAreTrimmedAlike() {
    List<String> names = around("region");
    for (int i = 0; i < names.size(); i++) {
      String csv =
          "id,"
              + String.join(",", SPEC.columns().stream().map(Column::name).toList())
                  .replace("region", '"' + names.get(i) + '"')
              + "\n1,"
              + String.join(",", BASE)
              + "\n";
      boolean found;
      try {
        found = FeatureTable.encode(stream(csv), "names.csv", encoder).rows() == 1;
      } catch (UserException e) {
        assertThat(e.getMessage()).containsAnyOf("missing column: 'region'", "a binary file");
        found = false;
      }
      assertThat(python.get("names").get(i).asBoolean())
          .as("name " + names.get(i).codePoints().boxed().toList())
          .isEqualTo(found);
    }
  }

  /** The features of a row with this text in this column. */
  private static float[] encode(String column, String text) {
    float[] values = new float[encoder.features().size()];
    for (int i = 0; i < BASE.size(); i++) {
      boolean other = SPEC.columns().get(i).name().equals(column);
      char[] cell = (other ? text : BASE.get(i)).toCharArray();
      values[i] = encoder.encode(i, cell, 0, cell.length);
    }
    encoder.parts().fill(values, 0);
    return values;
  }

  private static void assertSame(JsonNode answer, float[] values, float score, String name) {
    assertThat(answer.path("error").asText("")).as(name).isEmpty();
    float[] encoded = new float[answer.get("features").size()];
    for (int f = 0; f < encoded.length; f++) {
      JsonNode feature = answer.get("features").get(f);
      encoded[f] = feature.isNull() ? Float.NaN : (float) feature.asDouble();
    }
    assertThat(encoded).as("features of " + name).isEqualTo(values); // NaN too
    assertThat((float) answer.get("score").asDouble()).as("score of " + name).isEqualTo(score);
  }

  private static ByteArrayInputStream stream(String csv) {
    return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
  }
}
