package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.encoder.RowGroups;
import dev.propensity.dataset.profile.ColumnReport;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.synthetic.SyntheticRows;
import dev.propensity.foundation.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of dates from the table to features, and back. */
class DateColumnTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: phones
          title: Who renews?
          source: phones.csv
          identifier: id
          label: {column: renewed, positive: yes, negative: no}
          features:
            - {name: joined, kind: date, parts: [month, weekday], missing: true}
            - {name: seen, kind: date, feature: false}
            - {name: age, kind: number}
            - {name: born, kind: date, formats: [dd.MM.yyyy, d/M/yyyy], since: 2000-01-01,
               minimum: 1990-01-01, maximum: 2010-12-31, parts: [month], sensitive: report}
          offer: {gain: 30, cost: 2}
          """,
          "phones.yaml");

  private static final List<String> FEATURES =
      List.of("joined", "age", "born", "joined_month", "joined_weekday", "born_month");

  @TempDir Path folder;

  private DataReport preprocess(String csv) {
    return Preprocessing.run(Tables.stream(csv), "phones.csv", SPEC, folder);
  }

  private static String rows() {
    StringBuilder csv = new StringBuilder("born,id,joined,seen,age,renewed\n");
    for (int row = 0; row < 200; row++) {
      String born = row % 2 == 0 ? "03.02.2000" : "1/12/1999";
      String joined = row % 10 == 0 ? "" : "2024-02-0" + row % 10 + " 12:30";
      csv.append(born).append(",c").append(row).append(',').append(joined);
      csv.append(",2024-05-06,").append(row).append(row % 3 == 0 ? ",yes\n" : ",no\n");
    }
    return csv.toString();
  }

  @Test
  void becomesDaysAndPartsAfterTheOtherColumns() throws IOException {
    preprocess(rows());
    FeatureTable train = FeatureTable.read(folder.resolve("train.arrow"));
    assertThat(train.names()).isEqualTo(FEATURES);
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    assertThat(encoder.names()).isEqualTo(FEATURES);
    float[] values = new float[FEATURES.size()];
    encoder.encode(Map.of("joined", "2024-02-03", "age", "7", "born", "1/12/1999"), values, 0);
    // 2024-02-03 is a Saturday, 19,756 days after 1970-01-01; 1999-12-01 is 31 before 2000-01-01
    assertThat(values).containsExactly(19_756, 7, -31, 2, 6, 12);
    encoder.encode(Map.of("age", "7", "born", "31.12.2010"), values, 0);
    assertThat(values).containsExactly(Float.NaN, 7, 4017, Float.NaN, Float.NaN, 12);
    for (int row = 0; row < train.rows(); row++) {
      int number = Integer.parseInt(train.identifiers()[row].substring(1));
      float days = number % 10 == 0 ? Float.NaN : 19_753 + number % 10;
      assertThat(train.values()[row * FEATURES.size()]).isEqualTo(Float.valueOf(days));
      assertThat(train.values()[row * FEATURES.size() + 5]).isEqualTo(number % 2 == 0 ? 2 : 12);
    }
  }

  @Test
  void isTheSameInAnyLocaleAndTimeZone() throws IOException {
    preprocess(rows());
    Map<String, String> first = digests();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      preprocess(rows());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    assertThat(digests()).isEqualTo(first).containsKeys("train.arrow", "encoder.json");
  }

  private Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        digests.put(file.getFileName().toString(), Digest.of(Files.readAllBytes(file)).hex());
      }
    }
    return digests;
  }

  @Test
  void encodesTheTestRowsToTheSameFeatures() throws IOException {
    preprocess(rows());
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    byte[] csv = Files.readAllBytes(folder.resolve("test-rows.csv"));
    FeatureTable again =
        FeatureTable.encodeLabeled(new ByteArrayInputStream(csv), "test-rows.csv", encoder);
    assertThat(again.names()).isEqualTo(test.names());
    assertThat(again.values()).isEqualTo(test.values());
    assertThat(RowGroups.read(new ByteArrayInputStream(csv), "x", SPEC.columns(), encoder))
        .extractingByKey("born")
        .satisfies(groups -> assertThat(groups).containsOnly("2000-02-03", "1999-12-01"));
  }

  @Test
  void needsNoColumnThatIsNoFeatureToScore() throws IOException {
    preprocess(rows());
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    String csv = "id,age,born,joined\n1,7,03.02.2000,\n";
    assertThat(FeatureTable.encode(Tables.stream(csv), "rows.csv", encoder).values())
        .containsExactly(Float.NaN, 7, 33, Float.NaN, Float.NaN, 2);
    assertThatThrownBy(() -> preprocess(rows().replace("seen", "saw")))
        .hasMessageContaining("missing column: 'seen'");
  }

  @Test
  void reportsTheFirstAndTheLastDate() {
    DataReport report = preprocess(rows());
    ColumnReport joined = report.columns().get(0);
    assertThat(joined.kind()).isEqualTo("date");
    assertThat(joined.distinct()).isEqualTo(9);
    assertThat(joined.top()).isNull();
    assertThat(joined.splits().get("train").earliest()).isEqualTo("2024-02-01");
    assertThat(joined.splits().get("train").latest()).isEqualTo("2024-02-09");
    assertThat(joined.splits().get("train").mean()).isNull();
    assertThat(joined.splits().values().stream().mapToLong(ColumnReport.SplitReport::missing).sum())
        .isEqualTo(20);
    ColumnReport seen = report.columns().get(1);
    assertThat(seen.feature()).isFalse();
    assertThat(report.warnings())
        .containsExactly(
            "seen has one value in all rows: it carries no information",
            "age has another value in each row, like an identifier: remove it");
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("date, no feature", "Dates, split by split", "2024-02-09");
  }

  @Test
  void findsALeakInAPartOfTheDates() {
    StringBuilder csv = new StringBuilder("born,id,joined,seen,age,renewed\n");
    for (int row = 0; row < 2400; row++) {
      int month = row / 7 % 12 + 1;
      String joined = String.format(Locale.ROOT, "%d-%02d-1%d", 2001 + row % 20, month, row % 7);
      csv.append("03.02.2000,c").append(row).append(',').append(joined);
      csv.append(",2024-05-06,").append(row % 11).append(month % 3 == 0 ? ",yes\n" : ",no\n");
    }
    DataReport report = preprocess(csv.toString());
    assertThat(report.leaks())
        .singleElement()
        .asString()
        .startsWith("joined: its feature joined_month alone ranks rows by label with an AUC of ")
        .endsWith("otherwise set its leak_check to off");
  }

  @Test
  void rejectsWhatIsNoDateWithLineColumnAndFormats() {
    String csv =
        rows()
            + "2000-02-03,x1,2024-02-03,2024-05-06,1,yes\n"
            + "30.02.2000,x2,2024-02-03,2024-05-06,1,yes\n"
            + "31.12.1989,x3,2024-02-03,2024-05-06,1,yes\n"
            + "1/1/2011,x4,03.02.2024,,1,yes\n";
    assertThatThrownBy(() -> preprocess(csv))
        .isInstanceOf(TableRejectedException.class)
        .hasMessageContainingAll(
            "line 202, born is '2000-02-03': not a date; write it as dd.MM.yyyy or d/M/yyyy",
            "line 203, born is '30.02.2000': there is no such date",
            "line 204, born is '31.12.1989': before 1990-01-01",
            "line 205, born is '1/1/2011': after 2010-12-31",
            "line 205, joined is '03.02.2024': not a date; write it as yyyy-MM-dd",
            "line 205, seen is empty: value is missing",
            "invalid date: 3; date out of range: 2; missing value: 1");
  }

  @Test
  void neverSettlesTheDecimalSign() {
    DatasetSpec dotted =
        DatasetSpec.parse(
            """
            name: phones
            title: Who renews?
            source: phones.csv
            identifier: id
            label: {column: renewed, positive: yes, negative: no}
            features:
              - {name: on, kind: date, formats: [yyyyMMdd.HH]}
              - {name: size, kind: category}
            offer: {gain: 30, cost: 2}
            """,
            "phones.yaml");
    Encoder encoder =
        new Encoder(
            "id",
            dotted.label(),
            List.of(
                new Encoder.Feature(dotted.columns().get(0), List.of()),
                new Encoder.Feature(dotted.columns().get(1), List.of("1.5"), true)));
    String csv = "id;on;size\n1;20240203.12;1,5\n";
    assertThat(FeatureTable.encode(Tables.stream(csv), "rows.csv", encoder).values())
        .containsExactly(19_756, 0);
  }

  @Test
  void syntheticRowsAreValid() throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    SyntheticRows.write(SPEC, 2000, 1, csv);
    DataReport report = preprocess(csv.toString(StandardCharsets.UTF_8));
    assertThat(report.rows().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(2000);
    ColumnReport born = report.columns().get(3);
    assertThat(born.distinct()).isGreaterThan(1000);
    assertThat(LocalDate.parse(born.splits().get("train").earliest())).hasYear(1990);
    assertThat(LocalDate.parse(born.splits().get("train").latest())).hasYear(2010);
  }
}
