package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The label is chosen by its name, and never in silence by what else there is. */
class DraftedLabelTest {
  private static final int ROWS = 1_000;

  private static String table(String header, IntFunction<String> row) {
    StringBuilder csv = new StringBuilder(header + "\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append("k" + i + "," + i * 7 % 1009 / 8.0 + "," + row.apply(i) + "\n");
    }
    return csv.toString();
  }

  private static String bought(int row) {
    return row * 31 % 1000 < 208 ? "1" : "";
  }

  @Test
  void asksWhereTheOnlyColumnWithTwoValuesIsNotCalledALabel() {
    assertThatThrownBy(() -> Drafts.of(table("id,x,gender", row -> row % 3 == 0 ? "m" : "f")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "in.csv: which column is the label? No name says so, and one column has two values:"
                + " gender (m in 33.4% of the rows); name it: make init DATA=in.csv LABEL=gender");
  }

  @Test
  void asksWhereTheLabelIsLeftEmptyInsteadOfZero() {
    String csv = table("id,age,vip,bought", row -> row % 2 + "," + bought(row));
    String empty = "it is '1' in 208 rows and empty in 792; write 0 in the others";
    assertThatThrownBy(() -> Drafts.of(csv))
        .hasMessage(
            "in.csv: the column 'bought' seems to be the label, but "
                + empty
                + "; to use another one: make init DATA=in.csv LABEL=vip");
    assertThatThrownBy(() -> Drafts.of(csv, "bought"))
        .hasMessage("LABEL=bought: a label has two values, but " + empty);
  }

  @Test
  void saysThatAColumnHasNoValue() {
    String csv = table("id,x,bought,vip", row -> "," + row % 2);
    assertThatThrownBy(() -> Drafts.of(csv, "bought"))
        .hasMessage("LABEL=bought: a label has two values, but it has no value in any row");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "1, -1, 1",
    "1, 2, 2",
    "5, 0, 5",
    "t, f, t",
    "t, s, s",
    "y, n, y",
    "y, z, z",
    "yes, maybe, yes",
    "no, other, other",
    "1.0, 0.0, 1.0",
    "m, f, f",
    "n, k, k",
  })
  void takesTheObviousYesElseTheRarerValue(String more, String rarer, String positive)
      throws IOException {
    String csv = table("id,x,bought", row -> row % 3 == 0 ? rarer : more);
    assertThat(Drafts.of(csv).label().positive()).isEqualTo(positive);
  }

  @Test
  void acceptsAHeaderOfYearsButNotARow() throws IOException {
    String csv = table("id,2019,2020,2021,bought", row -> row + ",3," + row % 5 + "," + row % 2);
    csv = csv.replaceAll("(?m)^(k\\d+),[^,]*,", "$1,");
    assertThat(Drafts.of(csv).label().name()).isEqualTo("bought");
    assertThatThrownBy(
            () -> Drafts.of(table("k0,2.5,red,1,yes", row -> "red," + row % 2 + ",yes"), "bought"))
        .hasMessageStartingWith("in.csv, line 1: there is no header: the first line is a row (k0");
    assertThatThrownBy(() -> Drafts.of(table("9,2.5,7", row -> "" + row % 2)))
        .hasMessageContaining("there is no header");
  }

  @Test
  void takesTheFirstLineAsHeaderWhereItHasTheGivenLabel() throws IOException {
    String csv = table("1e3,amount,no,1,the label,on", row -> "no,2," + row % 2 + ",on");
    assertThat(Drafts.of(csv, "the label").label().name()).isEqualTo("the label");
  }

  @Test
  void saysThatLeaksWereNotCheckedWhereALabelIsRare() throws IOException {
    String csv = table("id,x,bought", row -> row % 50 == 0 ? "1" : "0");
    assertThat(Drafts.of(csv).findings().warnings())
        .containsExactly("leaks are not checked: only 20 rows have the rarer label");
  }

  @Test
  void findsALeakOfAVeryRareLabel() throws IOException {
    StringBuilder csv = new StringBuilder("id,x,contract,bought");
    for (int row = 0; row < 120_000; row++) {
      boolean bought = row % 2_000 == 1_999; // the last row, too, which has no line end
      csv.append("\nk" + row + "," + row % 13 + "," + (bought ? 7 : row % 7) + ",");
      csv.append(bought ? "\"yes\"" : "no");
    }
    SpecDraft draft = Drafts.of(csv.toString());
    assertThat(draft.label().positives()).isEqualTo(60);
    assertThat(Drafts.column(draft, "contract").note()).startsWith("CHECK: a leak:");
    assertThat(draft.findings().warnings()).isEmpty();
  }
}
