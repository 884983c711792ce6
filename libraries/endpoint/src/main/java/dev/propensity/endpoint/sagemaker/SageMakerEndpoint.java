package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.ModelFailedException;
import dev.propensity.endpoint.Requests;
import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.LedgerEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/** An endpoint on Amazon SageMaker, whose containers are the task image's {@code serve}. */
public final class SageMakerEndpoint implements Endpoint {
  /** The prefix of the name of an endpoint on SageMaker. */
  public static final String SCHEME = "sagemaker:";

  /** The name of requests that are only sent to test the endpoint. */
  private static final String PROBE = "propensity-probe";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");
  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final String name;
  private final Optional<SageMakerSettings> settings;
  private final Supplier<ArtifactStore> store;
  private final SageMakerClients clients;
  private final boolean waits;
  private final Optional<String> begun;
  private final int capturePercent;
  private final @Nullable String inferenceId;

  /**
   * Connects at first use.
   *
   * @param name the endpoint's
   * @param variables the environment's, by name: {@code PROPENSITY_SAGEMAKER}, which a release
   *     needs, and those of the AWS SDK
   * @param store the store of models and their packages
   * @throws UserException if the name or the settings are not valid
   */
  public SageMakerEndpoint(
      String name, Function<String, Optional<String>> variables, Supplier<ArtifactStore> store) {
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          "'" + name + "' is not an endpoint's name: up to 63 letters, digits and single '-'");
    }
    this.name = name;
    this.settings = variables.apply(SageMakerSettings.VARIABLE).map(SageMakerSettings::parse);
    this.store = store;
    this.clients = new SageMakerClients(variables, settings.map(SageMakerSettings::region));
    this.waits = true;
    this.begun = Optional.empty();
    this.capturePercent = 0;
    this.inferenceId = null;
  }

  private SageMakerEndpoint(
      SageMakerEndpoint endpoint,
      boolean waits,
      Optional<String> begun,
      int capturePercent,
      @Nullable String inferenceId) {
    this.name = endpoint.name;
    this.settings = endpoint.settings;
    this.store = endpoint.store;
    this.clients = endpoint.clients;
    this.waits = waits;
    this.begun = begun;
    this.capturePercent = capturePercent;
    this.inferenceId = inferenceId;
  }

  /** Shares this endpoint's connections. */
  @Override
  public Endpoint withoutWaiting() {
    return new SageMakerEndpoint(this, false, begun, capturePercent, inferenceId);
  }

  /** Shares this endpoint's connections. */
  @Override
  public Endpoint continuing(String change) {
    return new SageMakerEndpoint(this, waits, Optional.of(change), capturePercent, inferenceId);
  }

  /** Shares this endpoint's connections. */
  @Override
  public Endpoint capturing(int percent) {
    return new SageMakerEndpoint(this, waits, begun, percent, inferenceId);
  }

  /** Shares this endpoint's connections. SageMaker stores the name of a request with it. */
  @Override
  public Endpoint probing() {
    return new SageMakerEndpoint(this, waits, begun, capturePercent, PROBE);
  }

  @Override
  public Optional<S3Location> requestFolder() {
    return settings
        .flatMap(known -> known.hosting().capture())
        .map(place -> S3Location.parse(place).resolve(name + "/" + HostedModel.VARIANT));
  }

  @Override
  public EndpointState state() {
    EndpointDescription description =
        EndpointDescription.of(clients.control(), name)
            .orElseThrow(() -> new UserException("there is no endpoint " + name));
    String dataset =
        EndpointDescription.tags(clients.control(), description.arn()).get(HostedModel.DATASET);
    return new EndpointState(
        dataset, 0, EndpointOperations.modelOf(clients.control(), description).orElse(null), null);
  }

  @Override
  public EndpointState deploy(LedgerEntry entry, Duration timeout) throws InterruptedException {
    SageMakerSettings known =
        settings.orElseThrow(
            () ->
                new UserException(
                    "set " + SageMakerSettings.VARIABLE + ": Terraform's output sagemaker"));
    ModelPackage packages = new ModelPackage(store.get(), entry.name());
    EndpointOperations operations =
        new EndpointOperations(clients, known, name, entry.name(), packages);
    EndpointPoller poller = new EndpointPoller(clients.control(), name, timeout, waits);
    if (entry.champion() == null) {
      return new EndpointDeletion(operations, poller).run(entry);
    }
    HostedModel desired =
        new HostedModel(
            name,
            entry.name(),
            entry.champion(),
            packages.location(entry.champion()),
            known,
            capturePercent);
    return new Rollout(operations, desired, entry, poller, begun).run();
  }

  @Override
  public boolean followsByItself() {
    return false;
  }

  @Override
  public Duration defaultTimeout() {
    return TIMEOUT;
  }

  @Override
  public ScoringResponse send(byte[] rows, String contentType) {
    InvokeEndpointRequest request =
        InvokeEndpointRequest.builder()
            .endpointName(name)
            .contentType(contentType)
            .accept(Requests.JSON)
            .inferenceId(inferenceId)
            .body(SdkBytes.fromByteArrayUnsafe(rows))
            .build();
    try {
      InvokeEndpointResponse answer =
          SageMakerFailures.callOr(
              ModelErrorException.class,
              toString(),
              () -> clients.runtime().invokeEndpoint(request));
      return CanonicalJson.read(
          answer.body().asByteArrayUnsafe(), ScoringResponse.class, toString());
    } catch (ModelErrorException e) {
      throw containerFailure(e);
    }
  }

  /** The container's response, which SageMaker passes on. */
  private RuntimeException containerFailure(ModelErrorException e) {
    int status = e.originalStatusCode() == null ? 0 : e.originalStatusCode();
    String message = String.valueOf(e.originalMessage());
    if (RowsRejectedException.isRejection(status)) {
      return RowsRejectedException.of(toString(), status, message.getBytes(StandardCharsets.UTF_8));
    }
    return new ModelFailedException(this + " returned " + status + ": " + message.strip(), e);
  }

  /** In the console of the settings' region. */
  @Override
  public Optional<URI> page() {
    return settings
        .map(SageMakerSettings::region)
        .map(
            region ->
                URI.create(
                    "https://%1$s.console.aws.amazon.com/sagemaker/home?region=%1$s#/endpoints/%2$s"
                        .formatted(region, name)));
  }

  @Override
  public void close() {
    clients.close();
  }

  @Override
  public String toString() {
    return SCHEME + name;
  }
}
