package dev.propensity.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SvgShapesTest {
  private final Locale locale = Locale.getDefault();

  @BeforeEach
  void useDecimalCommas() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void useTheOwnAgain() {
    Locale.setDefault(locale);
  }

  @Test
  void haveCoordinatesOfOneDecimalInAnyLocale() {
    assertThat(SvgShapes.line("grid", 1, 2.04, 3.06, 1234))
        .isEqualTo("<line class=\"grid\" x1=\"1.0\" y1=\"2.0\" x2=\"3.1\" y2=\"1234.0\"/>\n");
    assertThat(SvgShapes.circle("fold", 1, 2, 4))
        .isEqualTo("<circle class=\"fold\" cx=\"1.0\" cy=\"2.0\" r=\"4\"/>\n");
    assertThat(SvgShapes.circle("candidate", 1, 2, 3.5)).contains("r=\"3.5\"");
  }

  @Test
  void escapeTheirTexts() {
    assertThat(SvgShapes.text("end", 1, 2, "a < b"))
        .isEqualTo("<text text-anchor=\"end\" x=\"1.0\" y=\"2.0\">a &lt; b</text>\n");
  }
}
