package dev.propensity.tasks.download;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.synthetic.SyntheticRows;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Origin;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Synthetic rows generated from the specification, with its split's seed. */
record SyntheticSource(int rows, DatasetSpec spec) implements Source {
  private static final int MAX_ROWS = 100_000_000;

  /** Parses {@code synthetic:50000}, or {@code sample:50000}, which means the same. */
  static SyntheticSource parse(String text, DatasetSpec spec) {
    String rows = text.substring(text.indexOf(':') + 1);
    try {
      return new SyntheticSource(Integer.parseInt(rows), spec);
    } catch (NumberFormatException e) {
      throw new UserException("'" + text + "' is not synthetic:ROWS, such as synthetic:50000", e);
    }
  }

  SyntheticSource {
    if (rows < 1 || rows > MAX_ROWS) {
      throw new UserException("a synthetic table has 1 to " + MAX_ROWS + " rows, not " + rows);
    }
  }

  @Override
  public Path fetch(Path folder, Limits limits) throws IOException {
    Path file = folder.resolve("arrived");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      SyntheticRows.write(spec, rows, spec.split().seed(), out);
    }
    return file;
  }

  @Override
  public Origin origin() {
    return Origin.SYNTHETIC;
  }

  @Override
  public String toString() {
    return "synthetic:" + rows;
  }
}
