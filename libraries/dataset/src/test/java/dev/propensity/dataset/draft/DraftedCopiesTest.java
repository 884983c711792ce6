package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of rows are told from rows that coincide. */
class DraftedCopiesTest {
  private static final int ROWS = 2_000;

  /** Customers, each of them in the table so many times, in a column of row numbers first. */
  private static String table(String firstColumn, int rows, int times) {
    StringBuilder csv = new StringBuilder(firstColumn + ",amount,age,color,vip,bought\n");
    for (int i = 0; i < rows * times; i++) {
      Random customer = new Random(i % rows);
      csv.append(i + ",")
          .append("%.2f,".formatted(customer.nextDouble() * 1e5))
          .append(20 + customer.nextInt(50) + ",")
          .append(List.of("red", "green", "blue").get(customer.nextInt(3)) + ",")
          .append(customer.nextInt(2) + ",")
          .append(customer.nextInt(5) == 0 ? "yes\n" : "no\n");
    }
    return csv.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "", "Unnamed: 0"})
  void warnsOfATableThatWasDoubled(String firstColumn) throws IOException {
    SpecDraft draft = Drafts.of(table(firstColumn, ROWS, 2));
    assertThat(draft.findings().warnings()).hasSize(1);
    assertThat(draft.findings().warnings().get(0))
        .matches("about [78]\\d% of the test rows would be copies of other rows, .*");
    assertThat(draft.findings().splitNotes()).hasSize(1);
    assertThat(draft.findings().splitNotes().get(0)).endsWith(": duplicates: together");
  }

  @Test
  void warnsOfALargeTableThatWasDoubledFromRowsThatItKeepsByTheirHash() throws IOException {
    String csv =
        table("id", 120_000, 2)
            .replaceFirst("bought", "bought,a,b,c,d,e,f,g,h,i,j")
            .replaceAll("(yes|no)\n", "$1,1,2,3,4,5,6,7,8,9,0\n");
    SpecDraft draft = Drafts.of(() -> Tables.stream(csv), "bought");
    assertThat(draft.findings().warnings()).hasSize(1);
  }

  @Test
  void doesNotWarnOfRowsThatCoincide() throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("id,visits,vip,mail,bought\n");
    for (int row = 0; row < ROWS; row++) {
      int visits = random.nextInt(9);
      csv.append(
          "%d,%d,%d,%d,%s\n"
              .formatted(
                  row,
                  visits,
                  random.nextInt(2),
                  random.nextInt(2),
                  random.nextInt(12) < visits ? "yes" : "no"));
    }
    SpecDraft draft = Drafts.of(csv.toString());
    assertThat(draft.findings().warnings()).isEmpty();
    assertThat(draft.findings().splitNotes()).isEmpty();
  }
}
