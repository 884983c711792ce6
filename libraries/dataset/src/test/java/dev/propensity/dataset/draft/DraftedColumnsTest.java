package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.ColumnKind;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of many values, keys, codes and words among numbers. */
class DraftedColumnsTest {
  private static String table(int rows, String name, IntFunction<String> cell) {
    StringBuilder csv = new StringBuilder("amount," + name + ",bought\n");
    for (int row = 0; row < rows; row++) {
      csv.append(row * 7 % 101 / 8.0 + "," + cell.apply(row) + "," + (row % 10 == 3 ? 1 : 0));
      csv.append('\n');
    }
    return csv.toString();
  }

  private static ColumnDraft column(int rows, String name, IntFunction<String> cell)
      throws IOException {
    return Drafts.column(Drafts.of(table(rows, name, cell)), name);
  }

  @Test
  void readsCodesWithLeadingZerosAsCategoriesHoweverMany() throws IOException {
    ColumnDraft few = column(60_000, "zip", row -> "%05d".formatted(row * 37 % 2_503));
    assertThat(few.kind()).isEqualTo(ColumnKind.CATEGORY);
    assertThat(few.note()).isEqualTo("codes with leading zeros");
    ColumnDraft many = column(60_000, "zip", row -> "%05d".formatted(row * 37 % 30_011));
    assertThat(many.isFeature()).isFalse();
    assertThat(many.note())
        .startsWith("CHECK: codes with leading zeros, over 2,000 different values");
  }

  @Test
  void asksForCodesOfManyValues() throws IOException {
    ColumnDraft column = column(9_000, "zip", row -> "" + (10_000 + row * 37 % 3_001));
    assertThat(column.kind()).isEqualTo(ColumnKind.NUMBER);
    assertThat(column.note()).startsWith("CHECK: codes, by its name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy_number",
        "customer_number",
        "account_no",
        "policy_nr",
        "customerId",
        "key"
      })
  void takesAUniqueKeyAsTheIdentifier(String name) throws IOException {
    SpecDraft draft = Drafts.of(table(400, name, row -> "" + (1_000 + row * 37)));
    assertThat(draft.identifier()).isEqualTo(name);
  }

  @Test
  void asksForAUniqueWholeNumber() throws IOException {
    ColumnDraft column = column(400, "body_mass_index", row -> "" + (1_000 + row * 37));
    assertThat(column.kind()).isEqualTo(ColumnKind.NUMBER);
    assertThat(column.note())
        .isEqualTo("CHECK: another whole number in every row: is it an identifier?");
  }

  @Test
  void readsUniqueTimestampsAsADateAndProposesASplit() throws IOException {
    LocalDateTime start = LocalDateTime.of(2020, 1, 1, 0, 0);
    SpecDraft draft =
        Drafts.of(table(80_000, "created", row -> start.plusMinutes(20L * row) + ":00"));
    assertThat(draft.identifier()).isEqualTo("row");
    assertThat(Drafts.column(draft, "created").kind()).isEqualTo(ColumnKind.DATE);
    assertThat(draft.findings().splitNotes().get(0))
        .contains("created is from 2020-01-01 to 2023-01-16", "{time: created");
  }

  @Test
  void readsDatesWithoutSeparatorsOverManyDays() throws IOException {
    LocalDate start = LocalDate.of(2015, 1, 1);
    SpecDraft draft =
        Drafts.of(
            table(9_000, "date", row -> start.plusDays(row % 3_000).toString().replace("-", "")));
    assertThat(Drafts.column(draft, "date").values()).containsExactly("yyyyMMdd");
    assertThat(draft.findings().splitNotes().get(0)).contains("{time: date");
    assertThat(column(9_000, "date", row -> row == 5 ? "20150230" : "20150228").kind())
        .isNotEqualTo(ColumnKind.DATE);
  }

  @ParameterizedTest
  @CsvSource({
    "product_count, NUMBER", "class_size, NUMBER", "number_of_products, NUMBER",
    "product_code, CATEGORY", "Policy_Sales_Channel, CATEGORY", "age_class, CATEGORY",
    "region_1, CATEGORY",
  })
  void letsTheLastWordOfANameDecide(String name, ColumnKind kind) throws IOException {
    assertThat(column(400, name, row -> "" + row % 7).kind()).isEqualTo(kind);
  }

  @Test
  void namesAllWordsThatItReadsAsMissing() throws IOException {
    ColumnDraft column =
        column(400, "usage", row -> row == 5 ? "100+" : row == 9 ? "unlimited" : "" + row % 60);
    assertThat(column.note())
        .isEqualTo(
            "CHECK: numbers in all rows but 2: '100+', 'unlimited' are read as missing values");
  }

  @Test
  void asksWhetherNaIsARegion() throws IOException {
    String[] regions = {"NA", "EMEA", "APAC"};
    assertThat(column(400, "region", row -> regions[row % 3]).note())
        .startsWith("CHECK: is 'NA' a missing value");
    String[] four = {"NA", "EMEA", "APAC", "LATAM"};
    assertThat(column(400, "region", row -> four[row % 4]).note())
        .startsWith("CHECK: is 'NA' a missing value");
    String[] colors = {"NA", "red", "green", "blue"};
    assertThat(column(400, "region", row -> colors[row % 4]).note()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10-2 10-15 10-20, CATEGORY",
    "1-5 3-8 9-12, CATEGORY",
    "0-5 5-10 10+, ORDINAL",
    "<18 18-30 >30, ORDINAL",
    "1-2 2-1 3-4, CATEGORY",
  })
  void ordersOnlyRangesThatDoNotOverlap(String words, ColumnKind kind) throws IOException {
    String[] all = words.split(" ");
    assertThat(column(400, "group", row -> all[row % all.length]).kind()).isEqualTo(kind);
  }

  @Test
  void keepsNoLongTexts() throws IOException {
    WordCounts counts = new WordCounts(1_000, 1_000);
    byte[] text = "x".repeat(201).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    counts.add(text, 0, 201, 1);
    assertThat(counts.size()).isZero();
    assertThat(counts.isOverLimit()).isTrue();
    for (int i = 0; i < 20; i++) {
      counts.add(text, 0, 190, 2 + i);
    }
    assertThat(counts.size()).isEqualTo(5);
    ColumnDraft column = column(400, "note", row -> row % 2 == 0 ? "short" : "y".repeat(300));
    assertThat(column.isFeature()).isFalse();
  }
}
