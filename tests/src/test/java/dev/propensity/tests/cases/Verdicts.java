package dev.propensity.tests.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.propensity.storage.S3Server;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** The verdicts of the entry points on all cases. They run once for all tests of this package. */
final class Verdicts {
  private static final String PUBLIC_ROWS = "cases/B-label-leak";

  private static SortedMap<String, Map<EntryPoint, TableResult>> synthetic;
  private static SortedMap<String, Map<EntryPoint, TableResult>> publicRows;

  private Verdicts() {}

  /** The folder with public rows. */
  static Path shared() {
    return Path.of("..").resolve(System.getenv().getOrDefault("PROPENSITY_SHARED", "../shared"));
  }

  /** Skips the test where the public rows are absent; under CI it runs, and fails, all the same. */
  static void assumePublicRows() {
    boolean there = Files.isDirectory(shared().resolve(PUBLIC_ROWS));
    Assumptions.assumeTrue(
        there || "true".equals(System.getenv("CI")),
        () ->
            "skipped: the public rows are not in "
                + shared()
                + "; PROPENSITY_SHARED names another folder");
  }

  /** By case and entry point. */
  static synchronized SortedMap<String, Map<EntryPoint, TableResult>> synthetic() throws Exception {
    if (synthetic == null) {
      synthetic = run(TableCase.synthetic());
    }
    return synthetic;
  }

  /** By case and entry point. */
  static synchronized SortedMap<String, Map<EntryPoint, TableResult>> publicRows()
      throws Exception {
    if (publicRows == null) {
      publicRows = run(TableCase.publicRows(shared()));
    }
    return publicRows;
  }

  private static SortedMap<String, Map<EntryPoint, TableResult>> run(List<TableCase> cases)
      throws Exception {
    SortedMap<String, Map<EntryPoint, TableResult>> verdicts = new TreeMap<>();
    PrintStream err = System.err;
    S3Server s3 = new S3Server().start();
    try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        EntryPoints entries = new EntryPoints(s3)) {
      System.setErr(quiet); // the servers log each request
      for (TableCase table : cases) {
        verdicts.put(table.name(), entries.verdicts(table));
      }
    } finally {
      s3.stop();
      System.setErr(err);
    }
    return verdicts;
  }
}
