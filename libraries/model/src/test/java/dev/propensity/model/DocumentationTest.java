package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.trainer.Parameter;
import dev.propensity.model.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  @Test
  void reportsEveryParameterAsItIs() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../../docs/models.md"));
    for (Trainer trainer : Trainers.all()) {
      int begin = page.indexOf("### " + trainer.name());
      assertThat(begin).as(trainer.name()).isNotNegative();
      List<String> rows =
          page.subList(begin + 1, page.size()).stream()
              .takeWhile(line -> !line.startsWith("#"))
              .filter(line -> line.startsWith("| ") && !line.startsWith("| parameter |"))
              .filter(line -> !line.startsWith("| ---"))
              .toList();
      assertThat(rows)
          .containsExactlyElementsOf(trainer.parameters().known().stream().map(this::row).toList());
    }
  }

  private String row(Parameter parameter) {
    String range =
        parameter.range().replace("a whole number from", "whole,").replace("a number from ", "");
    return "| %s | %s | %s | %s |"
        .formatted(parameter.name(), parameter.standardText(), range, parameter.help());
  }
}
