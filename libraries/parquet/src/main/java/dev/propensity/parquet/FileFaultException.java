package dev.propensity.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The file could not be read, for a reason other than its content. */
final class FileFaultException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  FileFaultException(IOException cause) {
    super(cause);
  }
}
