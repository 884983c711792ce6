package dev.propensity.tasks.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv                                        | text/csv",
        "Text/CSV; charset=utf-8                         | text/csv",
        "application/json                                | application/json",
        "*/*                                             | application/json",
        "text/*                                          | text/csv",
        "application/*                                   | application/json",
        "text/csv;q=0.5, application/json                | application/json",
        "application/json;q=0.5, text/csv                | text/csv",
        "application/json;q=0.8,text/csv ; q=0.9         | text/csv",
        "text/csv, application/json                      | text/csv",
        "application/json, text/csv                      | application/json",
        "text/csv, */*                                   | text/csv",
        "text/csv;q=0.9, */*                             | application/json",
        "text/csv;q=0, */*                               | application/json",
        "application/json;q=0, */*                       | text/csv",
        "text/*;q=0.3, text/csv;q=0, */*;q=0.1           | application/json",
        "text/*, text/csv;q=0.1, application/json;q=0.2  | application/json",
        "text/csv;q=0, application/json;q=0              | application/json",
        "text/csv;q=0                                    | application/json",
        "text/html                                       | application/json",
        "text/csvx                                       | application/json",
        "text/csv;q=high                                 | text/csv",
        "''                                              | application/json",
        "', ;q=1, text/csv,'                             | text/csv",
      })
  void choosesTheTypeOfTheHighestQuality(String header, String type) {
    assertThat(AcceptHeader.choose(List.of(header), JSON, CSV)).isEqualTo(type);
  }

  @Test
  void choosesTheDefaultWithoutAHeader() {
    assertThat(AcceptHeader.choose(List.of(), JSON, CSV)).isEqualTo(JSON);
  }

  @Test
  void readsSeveralHeadersAsOne() {
    assertThat(AcceptHeader.choose(List.of("text/csv;q=0.5", JSON), JSON, CSV)).isEqualTo(JSON);
    assertThat(AcceptHeader.choose(List.of(JSON + ";q=0.5", CSV), JSON, CSV)).isEqualTo(CSV);
  }
}
