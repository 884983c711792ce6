package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.foundation.UserException;
import dev.propensity.table.file.Unpacked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The odd tables of the tests: a table is rejected with a reason, or its draft trains as it is. */
class DraftedCasesTest {
  private static final Set<String> REJECTED =
      Set.of(
          ("06-trailing-delim-rows 22-one-class 22b-one-positive 25-open-quote 25b-after-quote"
                  + " 25e-backslash 26-nul 27-utf16 27b-utf16le-nobom 27c-latin1"
                  + " 27d-cp1252-ignored 28f-comment 28h-no-header 28i-empty 28j-header-only"
                  + " 29b-zip-two 29e-gz-cut 29f-html 29g-bz2 29h-xlsx 29i-parquet 29j-parquet-rows"
                  + " 36-folds-4-positives R07-label-third-value R11-no-label R15-zst R15b-pdf R17-header-absent"
                  + " R27-header-absent-decimal-comma")
              .split(" "));

  static Stream<Path> tables() throws IOException {
    try (Stream<Path> files = Files.walk(Tables.root().resolve("tests/src/test/resources/cases"))) {
      List<Path> found =
          files
              .filter(file -> file.toString().matches(".*\\.(csv|gz|zip|xlsx|parquet|bz2|zst|pdf)"))
              .filter(file -> !file.toString().contains("/upload/"))
              .sorted()
              .toList();
      return found.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aTableIsRejectedWithAReasonOrItsDraftTrains(Path file) throws IOException {
    TableInput table = () -> Unpacked.file(file, "in.csv", bytes -> {});
    boolean rejected = REJECTED.contains(String.valueOf(file.getParent().getFileName()));
    SpecDraft draft;
    try {
      draft = Drafts.of(table, null);
    } catch (UserException e) {
      assertThat(rejected).as(e.getMessage()).isTrue();
      assertThat(e.getMessage()).contains("in.csv").doesNotContain("Exception");
      return;
    }
    assertThat(rejected).isFalse();
    DataReport report = Drafts.preprocess(table, draft);
    assertThat(report.leaks()).isEmpty();
    assertThat(report.positives().get("test")).isPositive();
  }
}
