package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Offers;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.SimulatedAccount;
import dev.propensity.storage.s3.S3ObjectStore;
import dev.propensity.tasks.serve.capture.SegmentsOnS3;
import dev.propensity.tasks.serve.capture.SegmentsOnS3.Segment;
import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tracking.LedgerEntry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
  private static final String SENDER = "0123456789abcdef-sender";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final SimulatedAccount ACCOUNT = new SimulatedAccount();

  @TempDir private Path folder;

  @Test
  void servesAndOnlyPutsCapturedRowsAndOutcomes() throws Exception {
    ACCOUNT.createBucket(BUCKET);
    S3Location root = new S3Location(BUCKET, "store");
    Map<String, String> environment = new HashMap<>(ACCOUNT.environment());
    environment.put("PROPENSITY_STORE", root.toString());
    environment.put("AWS_ACCESS_KEY_ID", "server");
    environment.put("PROPENSITY_OUTCOMES_KEYS", SENDER);
    ACCOUNT.control("{\"policy\": {\"key\": \"server\", \"statements\": " + policy() + "}}");

    try (S3ObjectStore own = new S3ObjectStore(ACCOUNT.environment());
        S3ObjectStore servers = new S3ObjectStore(environment)) {
      ArtifactStore store = new ArtifactStore(own, root);
      Releases releases = new Releases(store, "shop", folder);
      releases.release(releases.model(1));
      S3Location segment = serve(releases, store, environment);
      List<String> batches = new Outcomes(store, "shop").keys();
      assertThat(batches).hasSize(1);

      S3Location tombstone = root.resolve("shop/forgotten/1.json");
      own.write(tombstone, new byte[1]);
      for (S3Location personal : List.of(segment, root.resolve(batches.get(0)), tombstone)) {
        denied(() -> servers.open(personal).close());
        denied(() -> servers.delete(personal));
      }
      denied(() -> servers.list(root.resolve("captures/shop"), Optional.empty()));
      denied(() -> servers.list(root.resolve("outcomes/shop"), Optional.empty()));
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
            "--capture={identifier: plain}",
            "--outcomes={}",
            "--segment-seconds=0.2",
            "--spool=" + folder.resolve("spool"))) {
      server.answering(1);
      LedgerEntry second = releases.release(releases.model(2));
      server.answering(second.number());
      Responses responses = server.responses();
      assertThat(responses.csv(Offers.plainCsv(5, 1)).statusCode()).isEqualTo(200);
      JsonNode monitoring = Responses.tree(responses.get("/api/v1/monitoring"));
      assertThat(monitoring.get("releases")).hasSize(2);
      assertThat(List.of(storeOutcomes(responses), storeOutcomes(responses)))
          .containsExactly("stored", "unchanged");
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

  private static String storeOutcomes(Responses responses) throws Exception {
    HttpRequest.Builder request =
        responses
            .request("/api/v1/outcomes")
            .header("Content-Type", "text/csv")
            .header(ApiKeys.HEADER, SENDER);
    HttpResponse<String> response =
        responses.send(request.POST(BodyPublishers.ofString("customer,taken\na,yes\n")));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Responses.tree(response).get("status").asText();
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
