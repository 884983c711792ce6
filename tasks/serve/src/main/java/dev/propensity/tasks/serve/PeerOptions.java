package dev.propensity.tasks.serve;

import dev.propensity.tasks.serve.http.PeerSettings;
import picocli.CommandLine.Option;

/** The options that name the other servers and pages that the server has to do with. */
final class PeerOptions {
  @Option(
      names = "--backup",
      paramLabel = "URL",
      description =
          "Another server of the endpoint; the page asks it when this one does not answer.")
  private String backup;

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGINS",
      description = {
        "Origins whose pages may ask this server from a browser, as that of",
        "the server whose backup it is; separated by commas (default: none)."
      })
  private String allowOrigin;

  /**
   * @throws dev.propensity.foundation.UserException where an address is no origin
   */
  PeerSettings settings() {
    return PeerSettings.of(backup, allowOrigin);
  }
}
