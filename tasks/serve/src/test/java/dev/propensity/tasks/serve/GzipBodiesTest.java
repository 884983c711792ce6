package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies with a Content-Encoding. */
class GzipBodiesTest {
  private static final String CSV = Offers.plainCsv(90, 5);
  private static final String JSON = "[{\"income\":1,\"member\":true}]";
  private static final String FORM_TYPE = "multipart/form-data; boundary=x";
  private static final String FORM =
      "--x\r\nContent-Disposition: form-data; name=\"data_file\"; filename=\"rows.csv\"\r\n\r\n"
          + "%s\r\n--x--\r\n";

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Responses responses;

  @BeforeAll
  static void serve() throws Exception {
    server = OffersServer.start(folder, Bounds.of(1, 100), UploadBounds.of(1, 100));
    responses = new Responses(server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "identity, gzip"})
  void areUnpacked(String encoding) throws Exception {
    assertThat(invoke("text/csv", Compressed.gzip(CSV), encoding).body())
        .isEqualTo(responses.csv(CSV).body());
    assertThat(invoke("application/json", Compressed.gzip(JSON), encoding).body())
        .isEqualTo(responses.json(JSON).body());
    assertThat(upload(Compressed.gzip(FORM.formatted(CSV)), encoding).body())
        .isEqualTo(responses.upload(CSV.getBytes(StandardCharsets.UTF_8)).body())
        .contains("\"score\"");
  }

  @Test
  void areUnpackedFromSeveralMembersAndWithoutALength() throws Exception {
    int half = CSV.length() / 2;
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(Compressed.gzip(CSV.substring(0, half)));
    members.writeBytes(Compressed.gzip(CSV.substring(half)));
    byte[] body = members.toByteArray();
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    assertThat(invoke("text/csv", chunked, "gzip").body()).isEqualTo(responses.csv(CSV).body());
  }

  @Test
  void areReadAsTheyAreWithTheEncodingIdentity() throws Exception {
    byte[] csv = CSV.getBytes(StandardCharsets.UTF_8);
    assertThat(invoke("text/csv", csv, "identity").body()).isEqualTo(responses.csv(CSV).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip"})
  void areRejectedInAnotherEncoding(String encoding) throws Exception {
    String detail = "send the body with Content-Encoding gzip or without one, not '%s'";
    HttpResponse<String> response = invoke("text/csv", Compressed.gzip(CSV), encoding);
    assertRejected(response, 415, detail.formatted(encoding));
    assertThat(response.headers().firstValue("Accept-Encoding")).contains("gzip");
    assertRejected(upload(Compressed.gzip(FORM), encoding), 415, detail.formatted(encoding));
  }

  @Test
  void areRejectedWhereTheyAreCutOff() throws Exception {
    byte[] csv = Compressed.gzip(CSV);
    byte[] json = Compressed.gzip(JSON);
    for (int length : new int[] {0, 1, 9, 10, 11, 20, json.length - 1}) {
      String detail = "the gzip body is truncated after " + length + " bytes";
      assertRejected(invoke("text/csv", Arrays.copyOf(csv, length), "gzip"), 400, detail);
      byte[] part = Arrays.copyOf(json, length);
      assertRejected(invoke("application/json", part, "gzip"), 400, detail);
    }
    byte[] form = Compressed.gzip(FORM.formatted(CSV));
    byte[] part = Arrays.copyOf(form, form.length / 2);
    assertRejected(
        upload(part, "gzip"), 400, "the gzip body is truncated after " + part.length + " bytes");
  }

  @Test
  void areRejectedWhereTheyAreNotGzipOrDamaged() throws Exception {
    byte[] plain = CSV.getBytes(StandardCharsets.UTF_8);
    assertRejected(
        invoke("text/csv", plain, "gzip"),
        400,
        "the body is not gzip, but its Content-Encoding is gzip");
    byte[] damaged = Compressed.gzip(CSV);
    damaged[damaged.length - 6] ^= 1; // in the checksum
    assertRejected(invoke("text/csv", damaged, "gzip"), 400, "the gzip body is damaged: ");
    damaged = Compressed.gzip(JSON);
    damaged[damaged.length - 6] ^= 1;
    assertRejected(invoke("application/json", damaged, "gzip"), 400, "the gzip body is damaged: ");
  }

  @Test
  void areRejectedWhereTheyUnpackToTooMuch() throws Exception {
    byte[] bomb = Compressed.gzip(" ".repeat(64 << 20));
    assertThat(bomb.length).isLessThan(1 << 20);
    String detail = "the body decompresses to more than 1048576 bytes";
    assertRejected(invoke("text/csv", bomb, "gzip"), 413, detail);
    assertRejected(invoke("application/json", bomb, "gzip"), 413, detail);
    String wide = CSV.replace("\n", "," + "x".repeat(20_000) + "\n");
    assertRejected(upload(Compressed.gzip(FORM.formatted(wide)), "gzip"), 413, detail);
    assertRejected(
        invoke("text/csv", Compressed.gzip(Offers.plainCsv(101, 1)), "gzip"),
        413,
        "the body has more than 100 rows");
  }

  private static HttpResponse<String> invoke(String type, byte[] body, String encoding)
      throws Exception {
    return invoke(type, BodyPublishers.ofByteArray(body), encoding);
  }

  private static HttpResponse<String> invoke(String type, BodyPublisher body, String encoding)
      throws Exception {
    return responses.send(
        responses
            .request("/invocations")
            .header("Content-Type", type)
            .header("Content-Encoding", encoding)
            .POST(body));
  }

  private static HttpResponse<String> upload(byte[] form, String encoding) throws Exception {
    return responses.form("", FORM_TYPE, form, "Content-Encoding", encoding);
  }

  private static void assertRejected(HttpResponse<String> response, int status, String detail)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Responses.tree(response).get("detail").asText()).startsWith(detail);
  }
}
