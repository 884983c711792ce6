package dev.propensity.artifact;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes the SDK's client from the environment's variables. Whatever the environment settles is not
 * looked for elsewhere: profile files and instance metadata cost start-up time.
 */
final class S3Connection {
  private static final int ATTEMPTS = 4;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Map<String, String> environment;

  S3Connection(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The server's address, where it is not Amazon's own. */
  Optional<URI> endpoint() {
    return variable("AWS_ENDPOINT_URL_S3").or(() -> variable("AWS_ENDPOINT_URL")).map(URI::create);
  }

  S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            .defaultsMode(DefaultsMode.LEGACY)
            // Each put names its SHA-256 ahead of the body. By a trailer after it, as the SDK
            // would,
            // a server that answers before it has read the trailer cuts a put that succeeded.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(SILENCE)
                    .build());
    endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    Optional<AwsCredentials> keys = keys();
    keys.map(StaticCredentialsProvider::create).ifPresent(builder::credentialsProvider);
    region(keys.isPresent()).ifPresent(builder::region);
    builder.overrideConfiguration(
        settings -> {
          settings.retryStrategy(retries());
          if (keys.isPresent()) {
            settings.defaultProfileFile(ProfileFile.aggregator().build());
          }
        });
    return builder.build();
  }

  private static StandardRetryStrategy retries() {
    return software.amazon.awssdk.awscore.retry.AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(ATTEMPTS)
        .build();
  }

  private Optional<AwsCredentials> keys() {
    Optional<String> identifier = variable("AWS_ACCESS_KEY_ID");
    Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
    if (identifier.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        variable("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(
                token -> AwsSessionCredentials.create(identifier.get(), secret.get(), token))
            .orElseGet(() -> AwsBasicCredentials.create(identifier.get(), secret.get())));
  }

  // Without a setting, the SDK's own chain looks further; a server of one's own has no regions.
  private Optional<Region> region(boolean settled) {
    return variable("AWS_REGION")
        .or(() -> variable("AWS_DEFAULT_REGION"))
        .map(Region::of)
        .or(
            () ->
                settled || endpoint().isPresent()
                    ? Optional.of(Region.US_EAST_1)
                    : Optional.empty());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
