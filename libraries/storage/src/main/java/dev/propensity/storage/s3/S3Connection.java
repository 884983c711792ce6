package dev.propensity.storage.s3;

import dev.propensity.aws.AwsConnection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Creates the S3 client from environment variables. */
public final class S3Connection {
  private static final String SERVICE = "s3";

  private final AwsConnection connection;

  public S3Connection(Map<String, String> environment) {
    this.connection =
        new AwsConnection(
            name -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty()));
  }

  /** The server's address, where it is not AWS. */
  Optional<URI> endpoint() {
    return connection.endpoint(SERVICE);
  }

  public S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            // Each put names its SHA-256 ahead of the body. By a trailer after it, as the SDK
            // would, a server that answers before it has read the trailer cuts a put that
            // succeeded.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
            .forcePathStyle(endpoint().isPresent());
    return connection.client(builder, SERVICE);
  }
}
