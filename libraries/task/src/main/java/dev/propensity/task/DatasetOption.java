package dev.propensity.task;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --dataset}, to mix into a task: {@code @Mixin DatasetOption dataset;}. */
public final class DatasetOption {
  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "FILE",
      description = "The dataset's specification: a YAML file, or the YAML itself.")
  private String value;

  private @Nullable DatasetSpec spec;

  /**
   * The specification.
   *
   * @throws UserException if there is no such file, or with all of its errors
   */
  public DatasetSpec spec() {
    if (spec == null) {
      spec = new DatasetFile(value).spec();
    }
    return spec;
  }

  /** The specification's name in error messages; see {@link DatasetFile#where}. */
  public String where() {
    return new DatasetFile(value).where();
  }
}
