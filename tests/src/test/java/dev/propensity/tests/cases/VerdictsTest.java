package dev.propensity.tests.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Compares each case's verdict at each entry point, and the digests of training's artifacts, with
 * golden files. With {@code -Dgolden.write=true} the files are written; review the difference.
 * {@code -Dcases='09.*|00-base'} runs some cases only.
 */
class VerdictsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/verdicts");

  @Test
  void syntheticTablesGetTheVerdictsOfTheGoldenFile() throws Exception {
    assertUnchanged("synthetic.txt", Verdicts.synthetic());
  }

  @Test
  void tablesOfPublicRowsGetTheVerdictsOfTheGoldenFile() throws Exception {
    Verdicts.assumePublicRows();
    assertUnchanged("public-rows.txt", Verdicts.publicRows());
  }

  private static void assertUnchanged(
      String file, Map<String, Map<EntryPoint, TableResult>> verdicts) throws IOException {
    List<String> lines = new ArrayList<>();
    verdicts.forEach(
        (name, byEntry) ->
            byEntry.forEach(
                (entry, verdict) -> {
                  lines.add(name + " | " + entry + " | " + verdict.line());
                  if (!verdict.files().isEmpty()) {
                    lines.add(name + " | " + entry + " files | " + verdict.files());
                  }
                }));
    Path golden = GOLDEN.resolve(file);
    if (Boolean.getBoolean("golden.write")) {
      assertThat(System.getProperty("cases")).as("cases, for a whole golden file").isNull();
      Files.createDirectories(GOLDEN);
      Files.write(golden, lines);
    }
    List<String> expected =
        Files.readAllLines(golden).stream()
            .filter(line -> ran(line.substring(0, line.indexOf(" | ")), verdicts.keySet()))
            .toList();
    List<String> differences = new ArrayList<>();
    expected.stream().filter(line -> !lines.contains(line)).forEach(x -> differences.add("- " + x));
    lines.stream().filter(line -> !expected.contains(line)).forEach(x -> differences.add("+ " + x));
    assertThat(differences).as("differences from %s", golden).isEmpty();
    assertThat(lines).as("the order of %s", golden).isEqualTo(expected);
  }

  // A case that is in the golden file alone is a difference, unless only some cases were chosen.
  private static boolean ran(String name, Set<String> names) {
    return System.getProperty("cases") == null || names.contains(name);
  }
}
