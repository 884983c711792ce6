package dev.propensity.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.CanonicalJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointStateTest {
  @ParameterizedTest
  @ValueSource(strings = {"rejected", "refused"})
  void readsTheRejectedReleaseOfServersOfThisAndEarlierVersions(String key) {
    String json =
        """
        {"name": "toys", "release": 2, "version": 1, "digest": "ab",
         "%s": {"release": 3, "reason": "damaged"}}
        """
            .formatted(key);
    EndpointState state =
        CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), EndpointState.class, "a server");
    assertThat(state.rejected()).isEqualTo(new EndpointState.RejectedRelease(3, "damaged"));
    assertThat(state.rejects(3)).isTrue();
    assertThat(state.rejects(4)).isFalse();
  }
}
