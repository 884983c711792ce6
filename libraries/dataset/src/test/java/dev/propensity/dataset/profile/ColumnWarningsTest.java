package dev.propensity.dataset.profile;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnWarningsTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @TempDir Path folder;

  @Test
  void aCategoryWithAnotherValueInEachRowIsLikeAnIdentifier() {
    assertThat(warnings("category", 300, row -> "name " + row))
        .containsExactly("x has another value in each row, like an identifier: remove it");
    assertThat(warnings("category", 300, row -> "name " + row / 2)).isEmpty();
  }

  @Test
  void wholeNumbersThatCountTheRowsAreLikeAnIdentifier() {
    int[] shuffled = IntStream.range(0, 300).map(row -> row * 7 % 300).toArray();
    assertThat(warnings("number", 300, row -> "" + (100_000 + shuffled[row])))
        .containsExactly("x has another value in each row, like an identifier: remove it");
    assertThat(warnings("number", 300, row -> "" + (9_000_000L - row * row))).hasSize(1);
    assertThat(warnings("number", 12_000, row -> "" + row)).hasSize(1);
  }

  @Test
  void otherNumbersMayBeDifferentInEachRow() {
    assertThat(warnings("number", 300, row -> "" + row / 8.0)).isEmpty();
    assertThat(warnings("number", 300, row -> "" + random.nextInt(100_000_000))).isEmpty();
    assertThat(warnings("number", 300, row -> "" + (row == 299 ? 0 : row))).isEmpty();
    assertThat(warnings("number", 12_000, row -> "" + random.nextInt(12_000))).isEmpty();
  }

  @Test
  void aCategoryOfMoreThanAThousandValuesIsDoubtful() {
    assertThat(warnings("category", 4000, row -> "w" + row % 1001))
        .containsExactly("x has 1,001 categories: group them, or use a coarser column");
    assertThat(warnings("category", 4000, row -> "w" + row % 1000)).isEmpty();
  }

  @Test
  void valuesThatLookAlikeAreNamed() {
    assertThat(warnings("category", 300, row -> List.of("a", "A", "b").get(row % 3)))
        .containsExactly("x: the categories 'A', 'a' look alike");
  }

  @Test
  void aColumnWithoutInformationIsNamed() {
    assertThat(warnings("number", 300, row -> ""))
        .containsExactly("x has no value in any row: it carries no information");
    assertThat(warnings("category", 300, row -> "a"))
        .containsExactly("x has one value in all rows: it carries no information");
  }

  @Test
  void numbersThatFloat32CannotTellApartAreDoubtfulWhereTheyAreWholeOrMany() {
    assertThat(warnings("number", 300, row -> row == 5 ? "16777217" : "16777216"))
        .contains("x: 1 number differs from another only beyond float32's precision");
    assertThat(warnings("number", 12_000, row -> "" + random.nextDouble())).isEmpty();
    assertThat(warnings("number", 12_000, row -> "" + (5000 + random.nextDouble())))
        .singleElement(as(STRING))
        .endsWith("numbers differ from others only beyond float32's precision");
  }

  @Test
  void onlyTheFirstTenAreInOneLine() {
    List<String> twelve = IntStream.range(0, 12).mapToObj(i -> "w" + i).toList();
    assertThat(DataWarnings.joined(twelve.subList(0, 10)))
        .isEqualTo(String.join("; ", twelve.subList(0, 10)));
    assertThat(DataWarnings.joined(twelve)).endsWith("; w9; and 2 more in report.json");
    assertThat(new DataWarnings(List.of("a leak"), List.of("b")).text()).isEqualTo("a leak; b");
    assertThat(DataWarnings.NONE.text()).isEmpty();
  }

  private List<String> warnings(String kind, int rows, IntFunction<String> cell) {
    StringBuilder csv = new StringBuilder("id,y,x,other\n");
    for (int row = 0; row < rows; row++) {
      csv.append(row).append(',').append(random.nextInt(2)).append(',').append(cell.apply(row));
      csv.append(',').append(random.nextDouble()).append('\n');
    }
    DatasetSpec spec =
        DatasetSpec.parse(
            """
            name: table
            title: Who?
            source: table.csv
            schedule: never
            identifier: id
            label: {column: y, positive: 1, negative: 0}
            features:
              - {name: x, kind: %s, missing: true}
              - {name: other, kind: number}
            offer: {gain: 100, cost: 20}
            """
                .formatted(kind),
            "table.yaml");
    DataReport report = Preprocessing.run(Tables.stream(csv.toString()), "table.csv", spec, folder);
    assertThat(report.otherWarnings()).isEqualTo(report.warnings());
    return report.warnings();
  }
}
