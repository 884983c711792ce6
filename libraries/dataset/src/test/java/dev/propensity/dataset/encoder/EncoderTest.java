package dev.propensity.dataset.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderTest {
  private static final Encoder ENCODER =
      new Encoder(
          "id",
          new DatasetSpec.Label("renewed", "yes", "no"),
          List.of(
              feature("age", ColumnKind.NUMBER, List.of(), true, List.of()),
              feature("town", ColumnKind.CATEGORY, List.of(), true, List.of("Bonn", "Köln")),
              feature(
                  "plan", ColumnKind.CATEGORY, List.of("S", "M", "L"), false, List.of("L", "S")),
              feature("mood", ColumnKind.ORDINAL, List.of("low", "high"), true, List.of()),
              feature("paid", ColumnKind.BOOLEAN, List.of("no", "yes"), true, List.of())));

  @TempDir Path folder;

  @Test
  void readsBackWhatItWrites() throws Exception {
    ENCODER.write(folder.resolve("encoder.json"));
    Encoder read = Encoder.read(folder.resolve("encoder.json"));
    assertThat(read.identifier()).isEqualTo("id");
    assertThat(read.label()).isEqualTo(ENCODER.label());
    assertThat(read.features()).isEqualTo(ENCODER.features());
    read.write(folder.resolve("again.json"));
    assertThat(Files.readString(folder.resolve("again.json")))
        .isEqualTo(Files.readString(folder.resolve("encoder.json")));
  }

  @Test
  void encodesEachKind() {
    assertThat(
            encode(
                Map.of("age", "41.5", "town", "Köln", "plan", "S", "mood", "high", "paid", "no")))
        .containsExactly(41.5f, 1, 1, 1, 0);
  }

  @Test
  void takesAbsentAndEmptyCellsForMissing() {
    assertThat(encode(Map.of("plan", "L", "age", "", "other", "x")))
        .containsExactly(Float.NaN, Float.NaN, 0, Float.NaN, Float.NaN);
  }

  @Test
  void givesWordsUnseenInTrainTheCodeAfterTheOthers() {
    assertThat(encode(Map.of("town", "Rom", "plan", "M"))).startsWith(Float.NaN, 2, 2);
  }

  @Test
  void rejectsAnInvalidCellInWordsThatStartWithTheColumn() {
    assertThatThrownBy(() -> encode(Map.of("plan", "XL")))
        .isInstanceOf(UserException.class)
        .hasMessage("plan is 'XL': must be one of S, M, L");
    assertThatThrownBy(() -> encode(Map.of())).hasMessage("plan is empty: value is missing");
    assertThatThrownBy(() -> encode(Map.of("plan", "S", "age", "x".repeat(100))))
        .hasMessage("age is '" + "x".repeat(60) + "…': not a number");
  }

  @Test
  void encodesSingleCellsInPlace() {
    char[] text = "..Bonn..".toCharArray();
    assertThat(ENCODER.find("town")).isEqualTo(1);
    assertThat(ENCODER.find("renewed")).isEqualTo(-1);
    assertThat(ENCODER.encode(1, text, 2, 4)).isZero();
    assertThat(ENCODER.encode(1, text, 2, 0)).isNaN();
  }

  @Test
  void encodesATableInAnyOrderOfColumns() {
    FeatureTable table =
        table("renewed,paid,mood,plan,town,age,id,other\nyes,yes,low,S,Bonn,1,a,x\n,,,L,,,b,\n");
    assertThat(table.names()).containsExactly("age", "town", "plan", "mood", "paid");
    assertThat(table.identifiers()).containsExactly("a", "b");
    assertThat(table.labels()).containsExactly(-1, -1); // the label is ignored
    assertThat(table.values())
        .containsExactly(1, 0, 1, 0, 1, Float.NaN, Float.NaN, 0, Float.NaN, Float.NaN);
  }

  @Test
  void encodesATableWithItsLabels() {
    FeatureTable table =
        labeled("renewed,paid,mood,plan,town,age,id\nyes,yes,low,S,Bonn,1,a\nno,,,L,,,b\n");
    assertThat(table.identifiers()).containsExactly("a", "b");
    assertThat(table.labels()).containsExactly(1, 0);
    assertThat(table.values())
        .containsExactly(1, 0, 1, 0, 1, Float.NaN, Float.NaN, 0, Float.NaN, Float.NaN);
    assertThatThrownBy(() -> labeled("age,town,plan,mood,paid\n1,,S,,\n"))
        .isInstanceOf(TableRejectedException.class)
        .hasMessage(
            """
            rows.csv, line 1: missing columns: 'id' (there is 'paid'), 'renewed' (rows without it can\
             only be scored: make predict, or download --policy scoring)\
            """);
    assertThatThrownBy(() -> labeled("renewed,id,age,town,plan,mood,paid\n?,a,,,S,,\n"))
        .hasMessageContaining("line 2, renewed is '?': the label must be 'yes' or 'no'");
    assertThatThrownBy(() -> labeled("renewed,id,age,town,plan,mood,paid\n,a,,,S,,\n"))
        .hasMessageContaining("line 2, renewed is empty: the label must be 'yes' or 'no'");
  }

  @Test
  void ignoresWhateverTheLabelHoldsWhereRowsAreScored() {
    FeatureTable table =
        table("renewed,age,town,plan,mood,paid,renewed\n?,1,,S,,,maybe\n,2,,L,,,\n");
    assertThat(table.labels()).containsExactly(-1, -1);
  }

  @Test
  void numbersTheRowsOfATableWithoutIdentifierAndLabel() {
    FeatureTable table = table("age,town,plan,mood,paid\n1,,S,,\n2,,L,,\n");
    assertThat(table.identifiers()).containsExactly("1", "2");
    assertThat(table.labels()).containsExactly(-1, -1);
  }

  @Test
  void growsWithTheTable() {
    FeatureTable table = table("age,town,plan,mood,paid\n" + "1,,S,,\n".repeat(5000));
    assertThat(table.rows()).isEqualTo(5000);
    assertThat(table.identifiers()[4999]).isEqualTo("5000");
    assertThat(table.values()).hasSize(25_000);
  }

  @Test
  void rejectsAnInvalidTable() {
    assertThatThrownBy(() -> table("age,town,plan,mood,paid\nx,,S,,\n1,,S\n"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            """
            rows.csv: 2 of 2 rows are invalid
            line 2, age is 'x': not a number
            line 3, the row is '1,,…': 3 cells where the header has 5
            rows with too few or too many cells: 1; text in a number: 1\
            """);
    assertThatThrownBy(() -> table("age,town,plan,mood\n"))
        .hasMessage("rows.csv, line 1: missing column: 'paid'");
    assertThatThrownBy(() -> table("id,age,town,plan,mood,paid\n,,,S,,\n"))
        .hasMessageContaining("line 2, id is empty: identifier is missing");
  }

  @Test
  void rejectsADamagedFileAndALaterSchema() throws Exception {
    Path file = folder.resolve("encoder.json");
    Files.writeString(file, "{\"schema\":1");
    assertThatThrownBy(() -> Encoder.read(file)).isInstanceOf(UserException.class);
    ENCODER.write(file);
    Files.writeString(file, Files.readString(file).replace("\"schema\":1", "\"schema\":2"));
    assertThatThrownBy(() -> Encoder.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage("encoder.json has schema 2; this version reads up to 1");
  }

  private static float[] encode(Map<String, String> row) {
    float[] values = new float[5];
    ENCODER.encode(row, values, 0);
    return values;
  }

  private static FeatureTable labeled(String csv) {
    return FeatureTable.encodeLabeled(Tables.stream(csv), "rows.csv", ENCODER);
  }

  private static FeatureTable table(String csv) {
    return FeatureTable.encode(Tables.stream(csv), "rows.csv", ENCODER);
  }

  private static Encoder.Feature feature(
      String name, ColumnKind kind, List<String> values, boolean missing, List<String> categories) {
    Column column = new Column(name, kind, "", values, null, null, missing, Column.Sensitive.NO);
    return new Encoder.Feature(column, categories);
  }
}
