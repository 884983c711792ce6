package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.testing.TaskRunner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each invalid option for capturing is one line with its fix, before the server listens. */
class CaptureOptionsTest {
  private static final Map<String, String> STORE = Map.of("PROPENSITY_STORE", "s3://none/store");
  private static final String ADVICE =
      "base64 of at least 32 random bytes (openssl rand -base64 32)";

  private static String rejected(Map<String, String> environment, String... options)
      throws Exception {
    return TaskRunner.run(new ServeTask(), environment, List.of(options)).rejected();
  }

  @Test
  void hmacNeedsAKey() throws Exception {
    assertThat(rejected(STORE, "--name", "offers", "--capture", "{}"))
        .isEqualTo(
            "capture.identifier is hmac, which needs a key: set PROPENSITY_CAPTURE_KEY to "
                + ADVICE
                + ", or capture.identifier to plain or none");
  }

  @Test
  void theKeyMustBeLongEnough() throws Exception {
    Map<String, String> environment =
        Map.of(
            "PROPENSITY_STORE",
            "s3://none/store",
            "PROPENSITY_CAPTURE",
            "{}",
            "PROPENSITY_CAPTURE_KEY",
            "c2hvcnQ=");
    assertThat(rejected(environment, "--name", "offers"))
        .isEqualTo("PROPENSITY_CAPTURE_KEY has 5 bytes; it must be " + ADVICE);
    Map<String, String> text =
        Map.of("PROPENSITY_STORE", "s3://none/store", "PROPENSITY_CAPTURE_KEY", "secret-word!");
    assertThat(rejected(text, "--name", "offers", "--capture", "{}"))
        .isEqualTo("PROPENSITY_CAPTURE_KEY is not base64; it must be " + ADVICE);
  }

  @Test
  void needsTheNameOfADataset() throws Exception {
    assertThat(rejected(STORE, "--model", "models", "--capture", "{identifier: none}"))
        .isEqualTo("--capture needs --name: captured rows are kept by the name of their dataset");
  }

  @Test
  void hasTheKeysOfASpecification() throws Exception {
    assertThat(rejected(STORE, "--name", "offers", "--capture", "{rows: 2, colour: red}"))
        .contains("--capture", "rows", "above 0, at most 1", "colour");
  }

  @Test
  void needsRoomForSegments() throws Exception {
    assertThat(
            rejected(
                STORE,
                "--name",
                "offers",
                "--capture",
                "{identifier: none}",
                "--spool-mebibytes",
                "0"))
        .isEqualTo("--spool-mebibytes 0: it must be 1 or more");
  }

  @Test
  void needsAFolderThatItCanWrite() throws Exception {
    assertThat(
            rejected(
                STORE,
                "--name",
                "offers",
                "--capture",
                "{identifier: none}",
                "--spool",
                "/proc/nowhere"))
        .startsWith("cannot keep captured rows in /proc/nowhere: ")
        .endsWith("; set --spool");
  }
}
