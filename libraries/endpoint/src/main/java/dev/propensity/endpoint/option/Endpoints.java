package dev.propensity.endpoint.option;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.sagemaker.SageMakerEndpoint;
import dev.propensity.endpoint.server.ServerEndpoint;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Parses {@code --endpoint}: one endpoint, or a JSON object of endpoints by dataset name. */
public final class Endpoints {
  private static final String NONE = "none";

  private final Function<String, Optional<String>> variables;
  private final Supplier<ArtifactStore> store;

  /**
   * @param variables the environment's, by name; {@code PROPENSITY_API_KEYS} are those that the
   *     project's server may demand
   * @param store where models are
   */
  public Endpoints(Function<String, Optional<String>> variables, Supplier<ArtifactStore> store) {
    this.variables = variables;
    this.store = store;
  }

  /**
   * Whether there is deliberately no endpoint of this name, since its rows are scored in batches
   * only: {@code none}.
   *
   * @param option as {@link #of} takes it
   * @throws UserException if the text is empty, or has nothing for this name
   */
  public static boolean isNone(String option, String name) {
    if (option.isBlank()) {
      throw new UserException(
          ("no endpoint is set for %s: add --endpoint, in Airflow the Variable"
                  + " propensity_endpoints: {\"%s\": \"http://host:port\"}, or \"none\" to score"
                  + " rows in batches only")
              .formatted(name, name));
    }
    return text(option, name).equals(NONE);
  }

  /**
   * The endpoint of this name; connects to nothing yet.
   *
   * @param option {@code http://host:port} or {@code sagemaker:name}, or a JSON object of these by
   *     dataset name
   * @throws UserException if the text is neither, or has no endpoint for this name
   */
  public Endpoint of(String option, String name) {
    return parse(text(option, name));
  }

  private static String text(String option, String name) {
    return option.strip().startsWith("{") ? named(option, name) : option.strip();
  }

  private static String named(String option, String name) {
    JsonNode endpoints =
        CanonicalJson.read(option.getBytes(StandardCharsets.UTF_8), JsonNode.class, "--endpoint");
    String former = Origin.formerName(name).orElse(name);
    String key = endpoints.has(name) ? name : former;
    if (!endpoints.path(key).isTextual()) {
      List<String> names = new ArrayList<>();
      endpoints.fieldNames().forEachRemaining(names::add);
      throw new UserException(
          "--endpoint has none for "
              + name
              + (names.isEmpty() ? "; it is empty" : "; it has " + String.join(", ", names))
              + "; in Airflow it is the Variable propensity_endpoints");
    }
    return endpoints.get(key).textValue().strip();
  }

  private Endpoint parse(String text) {
    if (text.startsWith(SageMakerEndpoint.SCHEME)) {
      return new SageMakerEndpoint(
          text.substring(SageMakerEndpoint.SCHEME.length()), variables, store);
    }
    return new ServerEndpoint(url(text), variables.apply("PROPENSITY_API_KEYS").orElse(""));
  }

  private static URI url(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new UserException("'" + text + "' is not a URL: " + e.getReason(), e);
    }
    throw new UserException(
        "'" + text + "' is not an endpoint's URL: write http://host:port or sagemaker:name");
  }
}
