package dev.propensity.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawColumnsTest {
  @Test
  void readsTheColumnsAskedFor() {
    var columns = RawColumns.read(csv("a,b,c\n1,x,\n2,\"y, z\",q\n"), "t.csv", List.of("c", "b"));
    assertThat(columns.get("b")).containsExactly("x", "y, z");
    assertThat(columns.get("c")).containsExactly("", "q");
    assertThat(columns).hasSize(2);
  }

  @Test
  void namesAColumnThatIsMissing() {
    assertThatThrownBy(() -> RawColumns.read(csv("a\n1\n"), "t.csv", List.of("b")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv")
        .hasMessageContaining("'b'");
  }

  private static InputStream csv(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
