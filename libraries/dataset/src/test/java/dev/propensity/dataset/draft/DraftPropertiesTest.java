package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.table.ColumnName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The draft of a table with any names and cells is valid and trains. */
class DraftPropertiesTest {
  private static final int ROWS = 120;

  private static final List<String> NAMES =
      List.of(
          "yes",
          "no",
          "null",
          "~",
          "on",
          "1",
          "1e3",
          "0x1F",
          "- a",
          "a: b",
          "a #b",
          "#a",
          "'a'",
          "\"a\"",
          "a\\b",
          "a,b",
          "[a]",
          "{a}",
          "{0..1}",
          "x{1..}",
          "größe",
          "naïve",
          "数",
          "😀",
          "zero\u200Bwidth",
          "a\nb",
          "a\tb",
          "*a",
          "&a",
          "!a",
          "%a",
          "@a",
          "`a`",
          "?",
          ": ",
          "|",
          ">",
          "a ",
          " b",
          "row",
          "id",
          "var_0",
          "var_1",
          "var_2",
          "var_3",
          "day_08",
          "day_09",
          "day_10",
          "age",
          "region_code",
          "\u0085",
          "\u2028",
          "=",
          ".inf",
          "2024-01-01",
          "12:30:45",
          "features",
          "<<",
          "a".repeat(300),
          "customer_id",
          "price",
          "label",
          "%{..}",
          "y ");

  private static final List<List<String>> CELLS =
      List.of(
          List.of("0", "1"),
          List.of("yes", "no"),
          List.of("True", "False", "true"),
          List.of("1.0", "2.0", "3.0"),
          List.of("007", "012", "7"),
          List.of("a", "b", "ä", "a\u0308", " a "),
          List.of("1", "2.5", "-3", "1e5", "+7", ".5", "NA", ""),
          List.of("1", "2", "3", "?", "n.a."),
          List.of("1", "x", "2", "y", "3"),
          List.of("", "", "z"),
          List.of("NA", "NaN", "null"),
          List.of("low", "medium", "high"),
          List.of("< 1", "1-2", "> 2"),
          List.of("3.5e38", "1"),
          List.of("12345678901234567890", "1"),
          List.of("say \"hi\"", "it's", "a: b", "#", "- x", "{}", "[]", "&", "*", "!", "%", "@"),
          List.of("1,234", "2,345"),
          List.of("1,5", "2,25", "3"),
          List.of("12%", "13%"),
          List.of("€5", "€6"),
          List.of("2024-01-31", "2024-02-01", "2023-12-24"),
          List.of("a\nb", "c\td", "\u200B", "\u00A0", "\u0000x".substring(1)),
          List.of("null", "~", "None"),
          List.of("yes"),
          List.of("1", "1.0", "1.00", "2"),
          List.of("-0", "0", "0.0"));

  @Property(tries = 300)
  void anOddTableHasADraftThatTrains(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    char separator = ",;\t|".charAt(random.nextInt(4));
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    names = new ArrayList<>(names.subList(0, 3 + random.nextInt(8)));
    names.add(random.nextInt(names.size() + 1), "the label");
    int label = names.indexOf("the label");
    names.set(label == 1 ? 2 : 1, "amount"); // so that there is a feature
    String csv = csv(names, label, separator, random);
    String given = random.nextBoolean() ? ColumnName.of("the label") : "the label";

    TableInput table = () -> Tables.stream(csv);
    SpecDraft draft = Drafts.of(table, given);
    DatasetSpec spec = draft.spec();
    DataReport report = Drafts.preprocess(table, draft);

    assertThat(spec.label().column()).isEqualTo("the label");
    assertThat(report.rows().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(ROWS);
    assertThat(report.positives().values()).allMatch(positives -> positives > 0);
    assertThat(spec.columns().stream().map(column -> column.name()).toList())
        .containsExactlyElementsOf(draft.features().stream().map(ColumnDraft::name).toList());
    assertThat(draft.yaml(LearnerDraft.DEFAULT).lines())
        .allMatch(line -> line.length() <= 120 || line.contains("aaaaaaaaaa"));
  }

  private static String csv(List<String> names, int label, char separator, Random random) {
    StringBuilder csv = new StringBuilder();
    csv.append(names.stream().map(DraftPropertiesTest::quoted).collect(joining(separator)));
    csv.append('\n');
    List<List<String>> cells =
        names.stream().map(name -> CELLS.get(random.nextInt(CELLS.size()))).toList();
    boolean numbered = random.nextBoolean();
    for (int row = 0; row < ROWS; row++) {
      List<String> record = new ArrayList<>();
      for (int column = 0; column < names.size(); column++) {
        List<String> words = cells.get(column);
        String word = words.get(random.nextInt(words.size()));
        if (column == label) {
          word = random.nextInt(3) == 0 ? "bought it" : "not";
        } else if (numbered && column == 0) {
          word = "k" + row;
        } else if (column == (label == 1 ? 2 : 1)) {
          word = String.valueOf(random.nextInt(1000) / 8.0);
        }
        record.add(quoted(word));
      }
      csv.append(record.stream().collect(joining(separator))).append('\n');
    }
    return csv.toString();
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining(char separator) {
    return Collectors.joining(String.valueOf(separator));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
