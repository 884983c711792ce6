package dev.propensity.tasks.serve;

import dev.propensity.foundation.UserException;
import dev.propensity.task.TaskEnvironment;
import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tasks.serve.http.PeerSettings;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** The options for the server's address, limits and access. */
final class ListenOptions {
  private static final int PORT = 8080;
  private static final String EVERYWHERE = "0.0.0.0";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "The address to listen on (default: " + ServerSettings.LOCAL + "; in SageMaker all).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on, 0 for a free one (default: PORT's, else " + PORT + ").")
  private Integer port;

  @Option(
      names = "--no-api-key",
      description =
          "Require no API key. By default a server that is reachable from other machines"
              + " requires one of PROPENSITY_API_KEYS (separated by commas) in the header"
              + " X-API-Key.")
  private boolean noApiKey;

  @Option(
      names = "--body-mebibytes",
      paramLabel = "MEBIBYTES",
      defaultValue = "16",
      description = "The largest request body (default: ${DEFAULT-VALUE}).")
  private int bodyMebibytes;

  @Option(
      names = "--body-rows",
      paramLabel = "ROWS",
      defaultValue = "100000",
      description = "The maximum number of rows in a request (default: ${DEFAULT-VALUE}).")
  private int bodyRows;

  @Option(
      names = "--upload-mebibytes",
      paramLabel = "MEBIBYTES",
      defaultValue = "2048",
      description = "The largest uploaded file (default: ${DEFAULT-VALUE}).")
  private int uploadMebibytes;

  @Option(
      names = "--upload-rows",
      paramLabel = "ROWS",
      defaultValue = "1000000",
      description = "The maximum number of rows in an uploaded file (default: ${DEFAULT-VALUE}).")
  private int uploadRows;

  /**
   * The settings from these options and the environment.
   *
   * @param sagemaker whether to follow Amazon SageMaker's contract: on all interfaces, without keys
   *     for its routes
   * @throws UserException if it would be reachable from other machines without keys, unless
   *     requested
   */
  ServerSettings settings(TaskEnvironment environment, boolean sagemaker, PeerSettings peers) {
    String address = host != null ? host : sagemaker ? EVERYWHERE : ServerSettings.LOCAL;
    return new ServerSettings(
        address,
        port(environment),
        Bounds.of(bodyMebibytes, bodyRows),
        UploadBounds.of(uploadMebibytes, uploadRows),
        keys(environment, address, sagemaker),
        peers);
  }

  /** The port to listen on, 0 for a free one. */
  int port(TaskEnvironment environment) {
    return port != null ? port : environment.get("PORT").map(ListenOptions::port).orElse(PORT);
  }

  private static int port(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number < 1 << 16) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new UserException("PORT is '" + text + "'; it must be a number from 0 to 65535");
  }

  private ApiKeys keys(TaskEnvironment environment, String address, boolean sagemaker) {
    String keys = environment.get(ApiKeys.VARIABLE).orElse("");
    boolean none = keys.replace(',', ' ').isBlank();
    if (noApiKey || none && isLoopback(address)) {
      return ApiKeys.off();
    }
    if (sagemaker) {
      return ApiKeys.sagemaker(keys);
    }
    if (none) {
      throw new UserException(
          address
              + " is reachable from other machines: set "
              + ApiKeys.VARIABLE
              + " to one or more keys, or use --no-api-key");
    }
    return ApiKeys.demanded(keys);
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UserException("the address " + address + " is unknown", e);
    }
  }
}
