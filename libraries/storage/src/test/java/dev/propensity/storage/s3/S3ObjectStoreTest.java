package dev.propensity.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3ObjectStoreTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private final S3Location place = S3.root().resolve("objects/" + System.nanoTime());

  @Test
  void readsWhatWasWritten(@TempDir Path folder) throws Exception {
    byte[] content = bytes("grüße");
    S3.objects().write(place, content);
    assertThat(S3.objects().read(place)).hasValue(content);
    assertThat(S3.objects().length(place)).hasValue((long) content.length);
    Path file = Files.write(folder.resolve("large"), random(5_000_000));
    S3.objects().write(place, file);
    try (var in = S3.objects().open(place)) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void putsLargeFilesInParts(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("large"), random((12 << 20) + 17));
    ObjectStore inParts = new S3ObjectStore(S3.environment(), 5 << 20);
    inParts.write(place, file);
    assertThat(S3.objects().read(place)).hasValue(Files.readAllBytes(file));
    assertThatThrownBy(() -> inParts.write(S3Location.parse("s3://no-such-bucket/key"), file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("no such bucket: s3://no-such-bucket");
  }

  // The S3 server of these tests keeps objects in folders, where a//b is a/b.
  @ParameterizedTest
  @ValueSource(strings = {"in//double.csv", "/lead.csv", "in/", "a/../b", "größe 1+%2F.csv"})
  void requestsAKeyAsItIs(String key) throws Exception {
    List<URI> requested = new ArrayList<>();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requested.add(exchange.getRequestURI());
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write(bytes("rows"));
          exchange.close();
        });
    server.start();
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + server.getAddress().getPort());
    try (ObjectStore store = new S3ObjectStore(environment);
        var in = store.open(S3Location.parseObject("s3://bucket/" + key))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("rows"));
    } finally {
      server.stop(0);
    }
    assertThat(requested).extracting(URI::getPath).containsExactly("/bucket/" + key);
  }

  @Test
  void reportsWhatIsNotThere() {
    assertThat(S3.objects().read(place)).isEmpty();
    assertThat(S3.objects().length(place)).isEmpty();
    S3.objects().delete(place);
    assertThatThrownBy(() -> S3.objects().open(place))
        .isInstanceOf(UserException.class)
        .hasMessage("no such object: " + place);
  }

  @Test
  void listsInOrderBelowAPlaceAndAfterAnother() {
    for (String name : List.of("b", "a/x", "c")) {
      S3.objects().write(place.resolve(name), bytes(name));
    }
    S3.objects().write(new S3Location(place.bucket(), place.key() + "-beside"), bytes("no"));
    assertThat(S3.objects().list(place, Optional.empty()))
        .containsExactly(place.resolve("a/x"), place.resolve("b"), place.resolve("c"));
    assertThat(S3.objects().list(place, Optional.of(place.resolve("b"))))
        .containsExactly(place.resolve("c"));
    assertThat(S3.objects().objects(place, Optional.empty()).get(0).bytes()).isEqualTo(3);
  }

  @Test
  void theFirstOfTwoWritersStays() {
    assertThat(S3.objects().writeIfAbsent(place, bytes("first"))).isEqualTo(bytes("first"));
    assertThat(S3.objects().writeIfAbsent(place, bytes("second"))).isEqualTo(bytes("first"));
    assertThat(S3.objects().writeIfAbsent(place, bytes("first"))).isEqualTo(bytes("first"));
  }

  @Test
  void theFirstOfTwoFilesStays(@TempDir Path folder) throws Exception {
    Path first = Files.write(folder.resolve("first"), random((12 << 20) + 17));
    Path second = Files.write(folder.resolve("second"), bytes("second"));
    ObjectStore inParts = new S3ObjectStore(S3.environment(), 5 << 20);
    inParts.writeIfAbsent(place, first);
    inParts.writeIfAbsent(place, second);
    assertThat(S3.objects().read(place)).hasValue(Files.readAllBytes(first));
    S3Location other = new S3Location(place.bucket(), place.key() + "-other");
    S3.objects().writeIfAbsent(other, second);
    assertThat(S3.objects().read(other)).hasValue(bytes("second"));
  }

  @Test
  void aFileThatIsPutTwiceWithoutReadingStays(@TempDir Path folder) throws Exception {
    Path first = Files.write(folder.resolve("first"), bytes("first"));
    Path second = Files.write(folder.resolve("second"), bytes("second"));
    assertThat(S3.objects().writeUnread(place, first)).isTrue();
    assertThat(S3.objects().writeUnread(place, second)).isFalse();
    assertThat(S3.objects().read(place)).hasValue(bytes("first"));
    S3Location nowhere = new S3Location("no-such-bucket", "a");
    assertThatThrownBy(() -> S3.objects().writeUnread(nowhere, first))
        .isInstanceOf(UserException.class);
  }

  @Test
  void eightWritersOfOneObjectAgreeOnOne() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        S3Location one = place.resolve("round-" + round);
        List<Callable<byte[]>> work = new java.util.ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
          byte[] own = bytes("writer " + writer);
          work.add(() -> S3.objects().writeIfAbsent(one, own));
        }
        byte[] there = null;
        for (Future<byte[]> seen : writers.invokeAll(work)) {
          there = there == null ? seen.get() : there;
          assertThat(seen.get()).isEqualTo(there);
        }
        assertThat(S3.objects().read(one)).hasValue(there);
      }
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void rejectsABucketThatIsNotThere() {
    S3Location nowhere = S3Location.parse("s3://no-such-bucket/key");
    String words = "no such bucket: s3://no-such-bucket on S3 at " + S3.endpoint();
    assertThatThrownBy(() -> S3.objects().read(nowhere)).hasMessage(words);
    assertThatThrownBy(() -> S3.objects().write(nowhere, bytes("x"))).hasMessage(words);
    assertThatThrownBy(() -> S3.objects().list(nowhere, Optional.empty())).hasMessage(words);
    assertThatThrownBy(() -> S3.objects().writeIfAbsent(nowhere, bytes("x")))
        .isInstanceOf(UserException.class)
        .hasMessage(words);
  }

  @Test
  void rejectsWrongCredentials() {
    assertThatThrownBy(() -> with("AWS_SECRET_ACCESS_KEY", "wrong").read(place))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not accept the credentials (SignatureDoesNotMatch)");
    assertThatThrownBy(() -> with("AWS_ACCESS_KEY_ID", "nobody").read(place))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not accept the credentials (InvalidAccessKeyId)");
  }

  @Test
  void saysInOneLineThatTheServerIsUnreachable() {
    assertThatThrownBy(() -> with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1").read(place))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("S3 at http://127.0.0.1:1 is unreachable: Connection refused");
  }

  private static ObjectStore with(String variable, String value) {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put(variable, value);
    return new S3ObjectStore(environment);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
