package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Offers;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.SimulatedAccount;
import dev.propensity.storage.s3.S3ObjectStore;
import dev.propensity.tasks.serve.capture.SegmentsOnS3;
import dev.propensity.tasks.serve.capture.SegmentsOnS3.Segment;
import dev.propensity.tracking.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server with the policy of Terraform's module needs no more, and can do no more. */
class ServerPolicyTest {
  private static final String BUCKET = "propensity-dev-123456789012";
  private static final Path POLICY = Path.of("terraform/modules/roles/server-policy.json");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final SimulatedAccount ACCOUNT = new SimulatedAccount();

  @TempDir private Path folder;

  @Test
  void servesAndCapturesAndOnlyPutsCapturedRows() throws Exception {
    ACCOUNT.createBucket(BUCKET);
    S3Location root = new S3Location(BUCKET, "store");
    Map<String, String> environment = new HashMap<>(ACCOUNT.environment());
    environment.put("PROPENSITY_STORE", root.toString());
    environment.put("AWS_ACCESS_KEY_ID", "server");
    ACCOUNT.control("{\"policy\": {\"key\": \"server\", \"statements\": " + policy() + "}}");

    try (S3ObjectStore own = new S3ObjectStore(ACCOUNT.environment());
        S3ObjectStore servers = new S3ObjectStore(environment)) {
      ArtifactStore store = new ArtifactStore(own, root);
      Releases releases = new Releases(store, "shop", folder);
      releases.release(releases.model(1));
      S3Location segment = serve(releases, store, environment);

      denied(() -> servers.open(segment).close());
      denied(() -> servers.delete(segment));
      denied(() -> servers.list(root.resolve("captures/shop"), Optional.empty()));
      denied(() -> servers.list(root, Optional.empty()));
      denied(() -> servers.write(root.resolve("shop/releases/9.json"), new byte[1]));
      assertThat(own.length(segment)).isPresent();
    }
  }

  /** Serves two releases, and returns a segment of the rows. */
  private S3Location serve(Releases releases, ArtifactStore store, Map<String, String> environment)
      throws Exception {
    try (RunningServer server =
        new RunningServer(
            environment,
            "--name=shop",
            "--host=127.0.0.1",
            "--capture={identifier: none}",
            "--segment-seconds=0.2",
            "--spool=" + folder.resolve("spool"))) {
      server.answering(1);
      LedgerEntry second = releases.release(releases.model(2));
      server.answering(second.number());
      Responses responses = server.responses();
      assertThat(responses.csv(Offers.plainCsv(5, 1)).statusCode()).isEqualTo(200);
      JsonNode monitoring = Responses.tree(responses.get("/api/v1/monitoring"));
      assertThat(monitoring.get("releases")).hasSize(2);
      Instant end = Instant.now().plus(LIMIT);
      List<Segment> segments = List.of();
      while (segments.isEmpty() && Instant.now().isBefore(end)) {
        segments = SegmentsOnS3.of(store, "shop");
        Thread.sleep(50);
      }
      assertThat(SegmentsOnS3.rows(segments)).hasSize(5);
      return new S3Location(BUCKET, segments.get(0).key());
    }
  }

  private static String policy() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve(POLICY))) {
      root = root.getParent();
    }
    String template = Files.readString(root.resolve(POLICY));
    JsonNode statements =
        CanonicalJson.mapper().readTree(template.replace("${bucket}", "arn:aws:s3:::" + BUCKET));
    return statements.toString();
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void denied(Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("403 AccessDenied");
  }
}
