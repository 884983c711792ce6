package dev.propensity.task;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Origin;
import picocli.CommandLine.Option;

/** The option {@code --name}: a specification's rows, or its synthetic ones. */
public final class NameOption {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "The dataset's name, with -synthetic for models of synthetic rows (default: the name in"
              + " the specification).")
  private String name;

  /**
   * The dataset's name with its origin.
   *
   * @throws UserException if it is another dataset's
   */
  public String of(DatasetSpec spec) {
    String named = name.isEmpty() ? spec.name() : Origin.currentName(name);
    if (!Origin.ofName(named).nameOf(spec.name()).equals(named)) {
      throw new UserException("--name " + name + " is not of the dataset " + spec.name());
    }
    return named;
  }
}
