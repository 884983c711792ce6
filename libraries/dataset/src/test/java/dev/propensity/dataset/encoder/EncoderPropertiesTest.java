package dev.propensity.dataset.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Encoded rows can be decoded to the same cells, also after the encoder was saved and loaded. */
class EncoderPropertiesTest {
  private static final String UNSEEN = "unseen in training";

  /**
   * An encoder of all kinds of columns with rows that it accepts.
   *
   * @param open a category's words seen in training, of any that may come
   * @param closed a category's words that are allowed
   * @param seen how many of the closed ones were seen in training
   * @param steps of the ordinal
   * @param cells of each row: a number, and a draw for each other column
   */
  record Table(
      List<String> open,
      List<String> closed,
      int seen,
      List<String> steps,
      List<List<Integer>> cells,
      List<Double> numbers) {

    Encoder encoder() {
      return new Encoder(
          "id",
          new DatasetSpec.Label("taken", "yes", "no"),
          List.of(
              feature("number", ColumnKind.NUMBER, List.of(), List.of()),
              feature("open", ColumnKind.CATEGORY, List.of(), open),
              feature("closed", ColumnKind.CATEGORY, closed, closed.subList(0, seen)),
              feature("ordinal", ColumnKind.ORDINAL, steps, List.of()),
              feature("boolean", ColumnKind.BOOLEAN, List.of("0", "1"), List.of())));
    }

    List<Map<String, String>> rows() {
      List<Map<String, String>> rows = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        List<Integer> draws = cells.get(i);
        Map<String, String> row = new TreeMap<>();
        double number = numbers.get(i % numbers.size());
        row.put("number", draws.get(0) % 4 == 0 ? "" : Double.toString(number));
        List<String> words = new ArrayList<>(open);
        words.add(UNSEEN);
        row.put("open", drawn(words, draws.get(1)));
        row.put("closed", drawn(closed, draws.get(2)));
        row.put("ordinal", drawn(steps, draws.get(3)));
        row.put("boolean", drawn(List.of("0", "1"), draws.get(4)));
        rows.add(row);
      }
      return rows;
    }

    /** One of the words, or a missing cell. */
    private static String drawn(List<String> words, int draw) {
      int place = draw % (words.size() + 1);
      return place == words.size() ? "" : words.get(place);
    }
  }

  @Provide
  Arbitrary<Table> tables() {
    Arbitrary<String> word =
        Arbitraries.strings()
            .withCharRange('a', 'f')
            .withChars("äßıİ東,;\"' <>&-.")
            .ofMinLength(1)
            .ofMaxLength(6)
            .map(String::strip) // cells are trimmed
            .filter(text -> !text.isEmpty());
    Arbitrary<List<String>> words = word.list().uniqueElements().ofMinSize(2).ofMaxSize(12);
    Arbitrary<List<Integer>> draws = Arbitraries.integers().between(0, 1000).list().ofSize(5);
    return Combinators.combine(
            words,
            words,
            Arbitraries.integers().between(1, 2),
            words,
            draws.list().ofMinSize(1).ofMaxSize(20),
            Arbitraries.doubles().between(-1e30, 1e30).list().ofMinSize(1).ofMaxSize(5))
        .as(Table::new);
  }

  @Property(tries = 300)
  void aFeatureTellsItsCellAgain(@ForAll("tables") Table table) {
    Encoder encoder = table.encoder();
    for (Map<String, String> row : table.rows()) {
      float[] values = encode(encoder, row);
      for (int i = 0; i < values.length; i++) {
        Encoder.Feature feature = encoder.features().get(i);
        String cell = row.get(feature.column().name());
        if (cell.isEmpty()) {
          assertThat(values[i]).isNaN();
        } else if (feature.column().kind() == ColumnKind.NUMBER) {
          assertThat(values[i]).isEqualTo((float) Double.parseDouble(cell));
        } else {
          List<String> codes =
              feature.column().kind() == ColumnKind.CATEGORY
                  ? feature.categories()
                  : feature.column().values();
          int code = (int) values[i];
          assertThat(values[i]).isEqualTo(code);
          if (codes.contains(cell)) {
            assertThat(codes.get(code)).isEqualTo(cell);
          } else { // its own code, after all others
            assertThat(code).isEqualTo(codes.size());
          }
        }
      }
    }
  }

  @Property(tries = 100)
  void encodesTheSameAfterItWasStored(@ForAll("tables") Table table) {
    Encoder encoder = table.encoder();
    Encoder read = stored(encoder);
    assertThat(read.features()).isEqualTo(encoder.features());
    for (Map<String, String> row : table.rows()) {
      assertThat(encode(read, row)).isEqualTo(encode(encoder, row));
    }
  }

  @Property(tries = 100)
  void encodesATableAsItsRows(@ForAll("tables") Table table) {
    Encoder encoder = table.encoder();
    List<String> names = encoder.features().stream().map(f -> f.column().name()).toList();
    StringBuilder csv = new StringBuilder(String.join(",", names)).append('\n');
    for (Map<String, String> row : table.rows()) {
      csv.append(
              names.stream()
                  .map(name -> "\"" + row.get(name).replace("\"", "\"\"") + "\"")
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    FeatureTable encoded = FeatureTable.encode(Tables.stream(csv.toString()), "rows.csv", encoder);
    assertThat(encoded.rows()).isEqualTo(table.rows().size());
    int width = names.size();
    for (int i = 0; i < encoded.rows(); i++) {
      assertThat(Arrays.copyOfRange(encoded.values(), i * width, (i + 1) * width))
          .isEqualTo(encode(encoder, table.rows().get(i)));
    }
  }

  private static float[] encode(Encoder encoder, Map<String, String> row) {
    float[] values = new float[encoder.features().size()];
    encoder.encode(row, values, 0);
    return values;
  }

  private static Encoder stored(Encoder encoder) {
    try {
      Path file = Files.createTempFile("encoder-", ".json");
      try {
        encoder.write(file);
        return Encoder.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Encoder.Feature feature(
      String name, ColumnKind kind, List<String> values, List<String> categories) {
    Column column = new Column(name, kind, "", values, null, null, true, Column.Sensitive.NO);
    return new Encoder.Feature(column, categories);
  }
}
