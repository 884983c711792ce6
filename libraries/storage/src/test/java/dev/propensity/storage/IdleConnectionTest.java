package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.Wiretap;
import dev.propensity.storage.s3.S3ObjectStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A long computation is between reading and writing, and servers close idle connections. */
class IdleConnectionTest {
  private static final int MAX_KEPT = 5;

  @RegisterExtension static final S3Server S3 = new S3Server();

  @Test
  void writesThoughEveryKeptConnectionWasClosed(@TempDir Path folder) throws Exception {
    byte[] content = new byte[1_000_000];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    try (Wiretap tap = new Wiretap(S3.endpoint(), () -> true)) {
      Map<String, String> environment = new HashMap<>(S3.environment());
      environment.put("AWS_ENDPOINT_URL_S3", tap.address().toString());
      try (ObjectStore objects = new S3ObjectStore(environment)) {
        S3Location place = S3.root().resolve("idle");
        objects.write(place, file);
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < MAX_KEPT; i++) {
          open.add(objects.open(place));
        }
        for (InputStream in : open) {
          in.readAllBytes();
          in.close();
        }
        tap.hangUp();
        objects.write(place, file);
        tap.hangUp();
        assertThat(objects.writeIfAbsent(S3.root().resolve("other"), new byte[] {1}))
            .isEqualTo(new byte[] {1});
        tap.hangUp();
        assertThat(objects.read(place)).hasValue(content);
      }
    }
  }
}
