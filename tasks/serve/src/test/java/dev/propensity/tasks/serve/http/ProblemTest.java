package dev.propensity.tasks.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.table.CellError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void writesADocumentOfOneLine() {
    assertThat(new Problem(400, "no rows\n  at all").json("Bad Request"))
        .isEqualTo("{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"no rows; at all\"}\n");
  }

  @Test
  void writesTheErrorsOfRowsWithTheirNumbersAndCount() {
    List<CellError> errors =
        List.of(
            new CellError(1, "age", "\"é\"\u0001", "not a number"),
            new CellError(3, "town", null, "column is missing"));

    assertThat(Problem.ofRows("2 errors", errors, 12, 2).json("Unprocessable Content"))
        .isEqualTo(
            "{\"title\":\"Unprocessable Content\",\"status\":422,\"detail\":\"2 errors\","
                + "\"errors\":[{\"row\":1,\"column\":\"age\",\"value\":\"\\\"é\\\"\\u0001\","
                + "\"rule\":\"not a number\"},"
                + "{\"row\":3,\"column\":\"town\",\"rule\":\"column is missing\"}],\"count\":12}\n");
  }

  @Test
  void writesAValueThatIsHalfASurrogatePair() {
    Problem problem =
        Problem.ofRows("1 error", List.of(new CellError(1, "age", "\ud800", "x")), 1, 1);
    assertThat(problem.json("Unprocessable Content")).contains("\"value\":\"\ud800\"");
  }
}
