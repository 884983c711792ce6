package dev.propensity.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.storage.StoredObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commit protocol under kills: no partial artifact, and the next run completes it. */
class KilledTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  @Test
  void killedAnywhereItLeavesNoPartialArtifactAndTheNextRunMakesIt() throws Exception {
    Victim victim =
        new Victim(
            CopyTask.class,
            (environment, arguments) -> Task.run(new CopyTask(), environment, arguments),
            Map.of("AWS_ENDPOINT_URL_S3", S3.endpoint()));
    int exchanges =
        EveryKill.run(
            victim,
            new EveryKill.Trial() {
              @Override
              public Map<String, String> environment(int kill) {
                return world(kill);
              }

              @Override
              public String[] arguments(int kill) {
                return new String[] {"--words", "killed"};
              }

              @Override
              public void checkKilled(int kill) {
                artifacts(kill).forEach(KilledTaskTest.this::checkWhole);
              }

              @Override
              public void runAgain(int kill) {
                assertThat(Task.run(new CopyTask(), world(kill), arguments(kill))).isZero();
                assertThat(artifacts(kill)).hasSize(1).allSatisfy(KilledTaskTest.this::checkWhole);
              }
            });
    assertThat(exchanges).isGreaterThan(4);
  }

  private static Map<String, String> world(int kill) {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", store(kill).root().toString());
    return environment;
  }

  private static ArtifactStore store(int kill) {
    return new ArtifactStore(S3.objects(), new S3Location("propensity", "killed-" + kill));
  }

  private static List<Artifact> artifacts(int kill) {
    return store(kill).objects().objects(store(kill).root(), Optional.empty()).stream()
        .map(StoredObject::location)
        .filter(location -> location.key().endsWith("/manifest.json"))
        .map(location -> location.key().replaceFirst("/manifest.json$", ""))
        .map(key -> store(kill).require(new S3Location("propensity", key), "copy"))
        .toList();
  }

  private void checkWhole(Artifact artifact) {
    Path files = folder.resolve("fetched-" + System.nanoTime());
    S3.store().fetch(artifact, files);
    assertThat(files.resolve("words.txt")).hasContent("killed");
    assertThat(files.resolve("again.txt")).hasContent("killed");
  }
}
