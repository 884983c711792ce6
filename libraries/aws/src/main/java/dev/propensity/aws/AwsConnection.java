package dev.propensity.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * Creates AWS clients from environment variables, by the SDK's names. What the environment sets is
 * not looked up elsewhere: profile files and instance metadata cost start-up time.
 */
public final class AwsConnection {
  private static final int ATTEMPTS = 4;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Function<String, Optional<String>> settings;

  /**
   * @param settings a variable's value by its name, as {@code AWS_REGION}; empty where it is unset
   *     or empty
   */
  public AwsConnection(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /**
   * The service's address, where it is not AWS.
   *
   * @param service as in its own variable: {@code sagemaker} for {@code AWS_ENDPOINT_URL_SAGEMAKER}
   */
  public Optional<URI> endpoint(String service) {
    return settings
        .apply("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT))
        .or(() -> settings.apply("AWS_ENDPOINT_URL"))
        .map(URI::create);
  }

  /**
   * A client of that service.
   *
   * @param builder with the settings of the service
   * @param service as for {@link #endpoint}
   */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String service) {
    builder
        .defaultsMode(DefaultsMode.LEGACY)
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .build());
    Optional<URI> endpoint = endpoint(service);
    endpoint.ifPresent(builder::endpointOverride);
    Optional<AwsCredentials> keys = keys();
    keys.map(StaticCredentialsProvider::create).ifPresent(builder::credentialsProvider);
    region(keys.isPresent() || endpoint.isPresent()).ifPresent(builder::region);
    builder.overrideConfiguration(
        configuration -> {
          configuration.retryStrategy(retries());
          if (keys.isPresent()) {
            configuration.defaultProfileFile(ProfileFile.aggregator().build());
          }
        });
    return builder.build();
  }

  private static StandardRetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
  }

  private Optional<AwsCredentials> keys() {
    Optional<String> identifier = settings.apply("AWS_ACCESS_KEY_ID");
    Optional<String> secret = settings.apply("AWS_SECRET_ACCESS_KEY");
    if (identifier.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        settings
            .apply("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(
                token -> AwsSessionCredentials.create(identifier.get(), secret.get(), token))
            .orElseGet(() -> AwsBasicCredentials.create(identifier.get(), secret.get())));
  }

  // Without a setting, the SDK's default chain applies; other servers have no regions.
  private Optional<Region> region(boolean hasDefault) {
    return settings
        .apply("AWS_REGION")
        .or(() -> settings.apply("AWS_DEFAULT_REGION"))
        .map(Region::of)
        .or(() -> hasDefault ? Optional.of(Region.US_EAST_1) : Optional.empty());
  }
}
