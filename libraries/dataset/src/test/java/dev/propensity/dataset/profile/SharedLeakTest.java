package dev.propensity.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loan applications with two columns that are known only after the decision. */
class SharedLeakTest {
  private static final String LEAKS =
      "  - {name: action, kind: %s}\n  - {name: reject, kind: number}\n";

  @TempDir Path folder;

  @Test
  void namesTheColumnsThatAreTheLabelAndNoOthers() throws Exception {
    assertThat(report(LEAKS.formatted("category")).leaks())
        .extracting(leak -> leak.substring(0, leak.indexOf(" with an AUC")))
        .containsExactly(
            "action: the column alone ranks rows by label",
            "reject: the column alone ranks rows by label");
  }

  @Test
  void findsCodesWithoutOrder() throws Exception {
    assertThat(report(LEAKS.formatted("number")).leaks()).hasSize(2);
  }

  @Test
  void findsNoneInTheOthers() throws Exception {
    assertThat(report("").leaks()).isEmpty();
  }

  @Test
  void doesNotCheckAColumnThatIsKnownBeforeTheOffer() throws Exception {
    String off = LEAKS.formatted("category").replace("}", ", leak_check: off}");
    DataReport report = report(off);
    assertThat(report.leaks()).isEmpty();
    assertThat(report.warnings()).noneMatch(warning -> warning.contains("alone ranks"));
  }

  private DataReport report(String more) throws Exception {
    Path rows = Tables.shared("cases/B-label-leak");
    String yaml = Files.readString(rows.resolve("dataset-clean.yaml"));
    int end = yaml.indexOf("\noffer:");
    DatasetSpec spec =
        DatasetSpec.parse(yaml.substring(0, end) + "\n" + more + yaml.substring(end), "x.yaml");
    try (InputStream csv = Files.newInputStream(rows.resolve("loanapp-id.csv"))) {
      return Preprocessing.run(csv, "rows.csv", spec, folder);
    }
  }
}
