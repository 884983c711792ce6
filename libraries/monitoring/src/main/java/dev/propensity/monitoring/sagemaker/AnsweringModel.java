package dev.propensity.monitoring.sagemaker;

import dev.propensity.dataset.request.RequestReader;
import dev.propensity.foundation.Digest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that answered requests.
 *
 * @param version its number among the dataset's models; null if it has none
 * @param reader of its requests
 */
public record AnsweringModel(Digest digest, @Nullable Integer version, RequestReader reader) {
  /** Finds the models that answered. */
  public interface Finder {
    /**
     * The model that answered a request; empty where it is not known.
     *
     * @param title as the response names it, {@code insurance/3@0123456789ab}; null where it does
     *     not
     * @param time of the response
     */
    Optional<AnsweringModel> find(@Nullable String title, Instant time);
  }
}
