package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.endpoint.ScoringResponse.Prediction;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.deploy.EndpointVerification.VerificationResult;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EndpointVerificationTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  @Test
  void takesBackNoModelThatAnotherRunHasReleasedAndDeployedWhileItScores() throws Exception {
    Releases releases = new Releases(S3.store(), "offers-verification", folder);
    LedgerEntry entry = releases.release(releases.model(1));
    SharedEndpoint endpoint = new SharedEndpoint(releases, releases.model(2));
    VerificationResult result =
        new EndpointVerification(
                endpoint, releases.ledger(), endpoint.samples, Duration.ofSeconds(60))
            .of(entry);
    assertThat(result.state().number()).isEqualTo(2);
    assertThat(result.fault()).isEmpty();
    assertThat(endpoint.deployed).containsExactly(1, 2);
  }

  /** Serves what it is given; while it first scores, another run releases and deploys a model. */
  private static final class SharedEndpoint implements Endpoint {
    private final RecordedScores samples = new RecordedScores(S3.store());
    private final List<Integer> deployed = new ArrayList<>();
    private final Releases releases;
    private final Release other;

    SharedEndpoint(Releases releases, Release other) {
      this.releases = releases;
      this.other = other;
    }

    @Override
    public EndpointState deploy(LedgerEntry entry, Duration timeout) {
      deployed.add(entry.number());
      return new EndpointState(entry.name(), entry.number(), digest(entry.champion()), null);
    }

    @Override
    public ScoringResponse score(List<Map<String, String>> rows) {
      if (releases.ledger().latest().orElseThrow().number() == 1) {
        releases.release(other);
      }
      List<Prediction> predictions =
          samples.of(other).stream().map(row -> new Prediction("1", row.score(), 1)).toList();
      return new ScoringResponse("offers/2@" + digest(other), predictions);
    }

    private static String digest(Release release) {
      return release.digest().hex();
    }

    @Override
    public EndpointState state() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ScoringResponse send(byte[] rows, String contentType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean followsByItself() {
      return false;
    }

    @Override
    public Optional<URI> page() {
      return Optional.empty();
    }

    @Override
    public Duration defaultTimeout() {
      return Duration.ofMinutes(1);
    }

    @Override
    public void close() {
      deployed.clear();
    }
  }
}
