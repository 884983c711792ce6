package dev.propensity.tasks.serve.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.model.Offers;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.tasks.serve.RunningServer;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LedgerFollowerTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;
  private String name;
  private Releases releases;

  @BeforeEach
  void anEmptyLedger(TestInfo test) {
    name = "offers-" + Integer.toHexString(test.getDisplayName().hashCode());
    releases = new Releases(S3.store(), name, folder);
  }

  @Test
  void answersNothingUntilAModelIsReleased() throws Exception {
    try (RunningServer server = serve(S3.environment())) {
      JsonNode empty = server.model(model -> model.get("waiting").asText().contains("released"));
      assertThat(empty.get("waiting").asText())
          .isEqualTo("no model of " + name + " has been released yet");
      HttpResponse<String> ping = server.responses().get("/ping");
      assertThat(ping.statusCode()).isEqualTo(503);
      assertThat(ping.body()).contains("no model of " + name + " has been released yet");
      assertThat(server.responses().csv(Offers.plainCsv(1, 1)).statusCode()).isEqualTo(503);

      releases.challenger(releases.model(1));
      server.answering(1);
      assertThat(server.responses().get("/ping").statusCode()).isEqualTo(503);

      releases.release(releases.model(2));
      server.answering(2);
      assertThat(server.responses().get("/ping").statusCode()).isEqualTo(200);
      assertThat(server.responses().csv(Offers.plainCsv(1, 1)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysWhichModelAnswersAndWhichDidBefore() throws Exception {
    Release first = releases.model(1);
    Release second = releases.model(2);
    releases.release(first);
    try (RunningServer server = serve(S3.environment())) {
      JsonNode before = server.answering(1);
      releases.release(second);
      JsonNode after = server.answering(2);
      assertThat(after.get("name").asText()).isEqualTo(name);
      assertThat(after.get("version").asInt()).isEqualTo(2);
      assertThat(after.get("model").asText()).isEqualTo(second.model().toString());
      assertThat(after.get("digest").asText()).isEqualTo(second.digest().hex());
      assertThat(after.at("/previous/digest").asText()).isEqualTo(first.digest().hex());
      assertThat(after.at("/metrics/auc").asDouble()).isEqualTo(0.75);
      assertThat(after.get("rejected").isNull()).isTrue();
      assertThat(after.get("since").asText()).isGreaterThan(before.get("since").asText());

      releases.challenger(releases.model(3));
      assertThat(server.answering(3).get("since")).isEqualTo(after.get("since"));
    }
  }

  @Test
  void rejectsAModelThatFailsItsProofAndGoesOn() throws Exception {
    Release good = releases.model(1);
    releases.release(good);
    try (RunningServer server = serve(S3.environment())) {
      server.answering(1);
      LedgerEntry entry = releases.release(releases.faulty(2));
      JsonNode model = server.model(state -> !state.get("rejected").isNull());
      assertThat(model.at("/rejected/release").asInt()).isEqualTo(entry.number());
      assertThat(model.at("/rejected/reason").asText()).contains("sample row 1 scores");
      assertThat(model.get("digest").asText()).isEqualTo(good.digest().hex());
      assertThat(server.responses().csv(Offers.plainCsv(1, 1)).statusCode()).isEqualTo(200);

      new ReleaseActions(releases.ledger()).rollBack(entry.champion(), "test", "test");
      JsonNode after = server.answering(3);
      assertThat(after.get("rejected").isNull()).isTrue();
      assertThat(after.get("since")).isEqualTo(model.get("since"));
    }
  }

  @Test
  void rejectsAModelWhoseFilesAreDamaged() throws Exception {
    releases.release(releases.model(1));
    Release damaged = releases.model(2);
    S3.objects().write(damaged.model().resolve("model.ubj"), new byte[] {1, 2, 3});
    releases.release(damaged);
    try (RunningServer server = serve(S3.environment())) {
      JsonNode model = server.model(state -> state.get("version").asInt() == 1);
      assertThat(model.at("/rejected/release").asInt()).isEqualTo(2);
      assertThat(model.at("/rejected/reason").asText()).contains("model.ubj");
      assertThat(server.responses().get("/ping").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void answersAsSoonAsS3IsThere() throws Exception {
    releases.release(releases.model(1));
    try (Relay relay = new Relay(S3.endpoint());
        RunningServer server = serve(behind(relay))) {
      JsonNode model = server.model(state -> state.get("waiting").asText().contains("unreachable"));
      assertThat(model.get("digest").isNull()).isTrue();
      assertThat(server.responses().get("/ping").statusCode()).isEqualTo(503);
      relay.join();
      server.answering(1);
    }
  }

  @Test
  void goesOnWhileS3IsGone() throws Exception {
    goesOn(1);
  }

  @Test
  @Tag("faults")
  void goesOnWhileS3IsGoneForTenSeconds() throws Exception {
    goesOn(10);
  }

  private void goesOn(int seconds) throws Exception {
    releases.release(releases.model(1));
    try (Relay relay = new Relay(S3.endpoint()).join();
        RunningServer server = serve(behind(relay))) {
      server.answering(1);
      relay.cut();
      releases.release(releases.model(2));
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < end) {
        assertThat(server.responses().csv(Offers.plainCsv(1, 1)).statusCode()).isEqualTo(200);
      }
      relay.join();
      server.answering(2);
    }
  }

  private RunningServer serve(Map<String, String> environment) throws Exception {
    return new RunningServer(environment, "--name", name);
  }

  private static Map<String, String> behind(Relay relay) {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("AWS_ENDPOINT_URL_S3", relay.address());
    return environment;
  }
}
