package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatePatternTest {
  @ParameterizedTest
  @CsvSource({
    "iso, 2024-02-03, 2024-02-03",
    "iso, 2024-02-03T10:15:00Z, 2024-02-03",
    "iso, 2024-02-03 10:15, 2024-02-03",
    "iso, 2024-02-29T23:59:59.999999999+05:30, 2024-02-29",
    "iso, 0001-01-01, 0001-01-01",
    "iso, 9999-12-31, 9999-12-31",
    "dd.MM.yyyy, 03.02.2024, 2024-02-03",
    "d.M.yyyy, 3.12.2024, 2024-12-03",
    "d.M.yyyy, 03.02.2024, 2024-02-03",
    "MM/dd/yyyy, 02/03/2024, 2024-02-03",
    "yyyyMMdd, 20240203, 2024-02-03",
    "dd.MM.yyyy H:mm:ss, 03.02.2024 9:05:00, 2024-02-03",
    "yyyy年MM月dd日, 2024年02月03日, 2024-02-03",
    "yyyy-MM-ddTHH:mmZ, 2024-02-03T10:15Z, 2024-02-03",
    "[dd+MM]$(yyyy\\), [03+02]$(2024\\), 2024-02-03",
  })
  void readsADay(String pattern, String text, LocalDate day) {
    assertThat(LocalDate.ofEpochDay(DatePattern.of(pattern).epochDay(text))).isEqualTo(day);
    assertThat(text).matches(DatePattern.of(pattern).regex());
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 2024-2-3",
    "iso, 24-02-03",
    "iso, 12024-02-03",
    "iso, 2024-02-03T",
    "iso, 2024-02-03T24:00",
    "iso, 2024-02-03T10:15:60",
    "iso, 2024-02-03X10:15",
    "iso, 03.02.2024",
    "iso, ٢٠٢٤-٠٢-٠٣",
    "dd.MM.yyyy, 3.2.2024",
    "dd.MM.yyyy, 03.02.24",
    "dd.MM.yyyy, 03.02.20245",
    "dd.MM.yyyy, 03.02.2024 10:15",
    "d.M.yyyy, 003.2.2024",
    "d.M.yyyy, .2.2024",
    "yyyyMMdd, 2024020",
    "yyyyMMdd, 2024-02-03",
  })
  void isNotWrittenLikeThat(String pattern, String text) {
    assertThat(DatePattern.of(pattern).epochDay(text)).isEqualTo(DatePattern.NOT_A_DATE);
    assertThat(text).doesNotMatch(DatePattern.of(pattern).regex());
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 2024-02-30",
    "iso, 2023-02-29",
    "iso, 1900-02-29",
    "iso, 2024-13-01",
    "iso, 2024-00-01",
    "iso, 2024-01-00",
    "iso, 0000-01-01",
    "d.M.yyyy, 31.4.2024",
    "dd.MM.yyyy HH:mm, 03.02.2024 24:00",
    "dd.MM.yyyy HH:mm, 03.02.2024 10:60",
    "dd.MM.yyyy HH:mm:ss, 03.02.2024 10:15:60",
  })
  void thereIsNoSuchDay(String pattern, String text) {
    assertThat(DatePattern.of(pattern).epochDay(text)).isEqualTo(DatePattern.NO_SUCH_DATE);
  }

  @Test
  void readsAPartOfALongerText() {
    char[] text = "x2024-02-03y".toCharArray();
    assertThat(DatePattern.of("iso").epochDay(text, 1, 10)).isEqualTo(19_756); // by `date -d`
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 2024-02-03",
    "dd.MM.yyyy, 03.02.2024",
    "d/M/yyyy, 3/2/2024",
    "yyyyMMdd HH:mm:ss, 20240203 00:00:00",
    "H dd.MM.yyyy, 0 03.02.2024",
  })
  void writesADay(String pattern, String text) {
    LocalDate day = LocalDate.of(2024, 2, 3);
    assertThat(DatePattern.of(pattern).format(day)).isEqualTo(text);
    assertThat(DatePattern.of(pattern).epochDay(text)).isEqualTo(day.toEpochDay());
  }

  @ParameterizedTest
  @CsvSource({
    "dd.MM.yy, has 'yy'; write",
    "DD.MM.yyyy, has 'DD'; write",
    "dd. MMM yyyy, has 'MMM'; write",
    "yyyy-MM-dd'T'HH:mm a, has 'a'; write",
    "yyyy-MM-dd0, has '0'; write",
    "TT yyyy-MM-dd, has 'TT'; write",
    "😀 yyyy-MM-dd, has '😀'; write",
    "MM.yyyy, lacks dd",
    "dd.mm.yyyy, lacks MM (mm are minutes)",
    "MM-dd, lacks yyyy",
    "dd.MM.yyyy d, has one of its parts twice",
    "yyyyMMd, 'has ''d'', which may have one digit, next to other digits'",
    "dM.yyyy, 'has ''d'', which may have one digit, next to other digits'",
    "' yyyy-MM-dd', begins or ends with a space",
  })
  void rejectsAnotherPattern(String pattern, String message) {
    assertThatThrownBy(() -> DatePattern.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "dd/MM/yyyy, MM/dd/yyyy, true", // 01/02/2024
    "d/M/yyyy, MM/dd/yyyy, true",
    "yyyyMMdd, ddMMyyyy, true", // 01021202
    "yyyy-MM-dd, yyyy-dd-MM, true",
    "iso, yyyy-dd-MM, true",
    "yyyy-dd-MM HH:mm, iso, true",
    "d.M.yyyy H, d.H.yyyy M, true",
    "dd.MM.yyyy, dd/MM/yyyy, false",
    "dd.MM.yyyy, d.M.yyyy, false", // the same date
    "dd.MM.yyyy, MM.dd.yyyy HH:mm, false",
    "yyyy-MM-dd HH:mm, yyyy-MM-dd mm:HH, false", // the time does not count
    "iso, yyyy-MM-dd, false",
    "iso, dd-MM-yyyy, false",
    "iso, yyyy-d-M, true", // of two digits
  })
  void contradictsAPatternThatReadsATextAsAnotherDate(String one, String two, boolean expected) {
    assertThat(DatePattern.of(one).contradicts(DatePattern.of(two))).isEqualTo(expected);
    assertThat(DatePattern.of(two).contradicts(DatePattern.of(one))).isEqualTo(expected);
  }
}
