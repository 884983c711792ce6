package dev.propensity.dataset.draft;

import java.io.IOException;
import java.io.InputStream;

/** A table that can be read more than once. */
public interface TableInput {
  /** The table as CSV, from its beginning; the caller closes it. */
  InputStream open() throws IOException;
}
