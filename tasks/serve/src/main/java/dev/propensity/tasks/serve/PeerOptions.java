package dev.propensity.tasks.serve;

import dev.propensity.tasks.serve.http.PeerSettings;
import picocli.CommandLine.Option;

/** The options for other servers and origins. */
final class PeerOptions {
  @Option(
      names = "--backup",
      paramLabel = "URL",
      description =
          "Another server of the endpoint, which the page uses when this one does not respond.")
  private String backup;

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGINS",
      description = {
        "Origins whose pages may call this server from a browser, such as that of the server"
            + " that it is the backup of; separated by commas (default: none)."
      })
  private String allowOrigin;

  /**
   * @throws dev.propensity.foundation.UserException if an address is not an origin
   */
  PeerSettings settings() {
    return PeerSettings.of(backup, allowOrigin);
  }
}
