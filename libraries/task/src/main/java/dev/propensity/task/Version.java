package dev.propensity.task;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the release and the code's digest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "propensity "
          + (version == null ? "development" : version)
          + ", code "
          + Code.digest().abbreviated(12)
    };
  }
}
