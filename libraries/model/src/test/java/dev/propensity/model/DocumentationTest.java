package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Parameters.Parameter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  @Test
  void tellsEveryParameterAsItIs() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../../docs/models.md"));
    for (Parameter parameter : Trainers.named("xgboost").parameters().known()) {
      assertThat(page).contains(row(parameter));
    }
  }

  private static String row(Parameter parameter) {
    return "| %s | %s | %s%s to %s | %s |"
        .formatted(
            parameter.name(),
            text(parameter.standard()),
            parameter.whole() ? "whole, " : "",
            text(parameter.minimum()),
            text(parameter.maximum()),
            parameter.help());
  }

  private static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
