package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.tasks.collect.CollectTask;
import dev.propensity.tasks.serve.Responses;
import dev.propensity.tasks.serve.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows from a server to the profile of their window. */
@Tag("faults")
class CapturedWindowTest {
  private static final String WEEKLY =
      CapturedToys.SPECIFICATION + "monitor: {window: week}\n"; // which hardly ends meanwhile

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path work;

  @Test
  void countsEachRowOnceHoweverOftenItIsDelivered() throws Exception {
    World world = new World(S3, Optional.empty(), "window");
    CapturedToys toys = new CapturedToys(world.store(), work);
    Artifact model = toys.model(3, Origin.REAL);
    toys.release(model, Instant.now().minusSeconds(600).toString());
    Path spool = work.resolve("spool");

    try (RunningServer server = server(world, spool)) {
      Responses responses = server.responses();
      assertThat(send(responses, "one", "id,age,town\n1,30,north\n2,99,west\n")).isEqualTo(200);
      assertThat(send(responses, "one", "id,age,town\n1,30,north\n2,99,west\n")).isEqualTo(200);
      assertThat(send(responses, "one", "id,age,town\n3,30,north\n")).isEqualTo(200);
      assertThat(send(responses, "two", "id,age,town\n4,7,south\n")).isEqualTo(200);
      assertThat(send(responses, "no-town", "id,age\n5,7\n6,8\n")).isEqualTo(422);
      server.stop();
      assertThat(server.exit()).isZero();
    }
    // As if it had been killed between the upload and the deletion.
    List<String> segments = new Captures(world.store(), "toys").keys();
    assertThat(segments).hasSize(1);
    String file = segments.get(0).substring(segments.get(0).lastIndexOf('/') + 1);
    S3Location uploaded = world.store().root().resolve(segments.get(0));
    Files.write(spool.resolve(file), world.store().objects().read(uploaded).orElseThrow());
    try (RunningServer server = server(world, spool)) {
      assertThat(send(server.responses(), "three", "age,town\n8,south\n")).isEqualTo(200);
      server.stop();
      assertThat(server.exit()).isZero();
    }
    assertThat(new Captures(world.store(), "toys").keys()).hasSize(2).containsAll(segments);

    S3Location made = world.run(new CollectTask(), "--dataset=" + WEEKLY, "--window=current");
    Profile profile = ProfileArtifact.require(world.store(), made).profile();
    assertThat(profile.rows()).as("customers 1 to 4, and one more").isEqualTo(5);
    assertThat(profile.traffic().duplicates()).as("the request that was sent again").isEqualTo(2);
    assertThat(profile.traffic().answered()).isEqualTo(2 + 2 + 1 + 1 + 1);
    assertThat(profile.traffic().dropped()).isZero();
    assertThat(profile.traffic().rejectedRows()).isEqualTo(2);
    assertThat(profile.traffic().rejected())
        .isEqualTo(Map.of("town", Map.of("missing_column", 2L)));
    assertThat(profile.traffic().servers()).hasSize(2);
    assertThat(profile.traffic().gaps()).isEmpty();
    assertThat(profile.columns().get("town").unseen()).isEqualTo(1);
  }

  private static RunningServer server(World world, Path spool) throws Exception {
    RunningServer server =
        new RunningServer(
            world.environment(),
            "--name=toys",
            "--capture={identifier: plain}",
            "--spool=" + spool);
    server.answering(1);
    return server;
  }

  private static int send(Responses responses, String id, String csv) throws Exception {
    return responses
        .send(
            responses
                .request("/invocations")
                .header("Content-Type", "text/csv")
                .header("X-Request-Id", id)
                .POST(BodyPublishers.ofString(csv)))
        .statusCode();
  }
}
