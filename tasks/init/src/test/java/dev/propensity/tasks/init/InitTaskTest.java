package dev.propensity.tasks.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTaskTest {
  @TempDir Path folder;
  private Path table;

  @BeforeEach
  void writeATable() throws IOException {
    table = folder.resolve("Kunden März.csv");
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("id,age,square,color,vip,churn\n");
    for (int row = 0; row < 400; row++) {
      double square = random.nextGaussian();
      boolean churn = Math.abs(square) + random.nextDouble() > 1.8;
      csv.append(
          "%d,%d,%.3f,%s,%d,%s\n"
              .formatted(
                  row,
                  20 + random.nextInt(50),
                  square,
                  List.of("red", "green", "blue").get(random.nextInt(3)),
                  random.nextInt(2),
                  churn ? "yes" : "no"));
    }
    Files.writeString(table, csv);
  }

  private int run(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--data=" + table,
                "--datasets=" + folder.resolve("datasets"),
                "--result=" + folder.resolve("result.json"),
                "--report=" + folder.resolve("reports/{name}.html")));
    all.addAll(List.of(options));
    return Task.run(new InitTask(), Map.of(), all.toArray(String[]::new));
  }

  private String reason() throws IOException {
    JsonNode result = new ObjectMapper().readTree(folder.resolve("result.json").toFile());
    return result.path("reason").asText();
  }

  private DatasetSpec spec(String name) throws IOException {
    Path file = folder.resolve("datasets/" + name + ".yaml");
    return DatasetSpec.parse(Files.readString(file), file.toString());
  }

  @Test
  void writesADraftWithAReport() throws IOException {
    assertThat(run()).isZero();
    DatasetSpec spec = spec("kunden-marz");
    assertThat(spec.source()).isEqualTo(table.toString());
    assertThat(spec.label()).isEqualTo(new DatasetSpec.Label("churn", "yes", "no"));
    assertThat(spec.identifier()).isEqualTo("id");
    assertThat(spec.columns()).extracting("name").containsExactly("age", "square", "color", "vip");
    assertThat(reason()).contains("kunden-marz.yaml", "make run DATASET=kunden-marz");
    assertThat(Files.readString(folder.resolve("reports/kunden-marz.html")))
        .contains("<h1>Draft: kunden-marz</h1>", "Possible labels", "name: kunden-marz");
    try (Stream<Path> files = Files.list(folder.resolve("datasets"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void comparesTheLearnersAndDraftsTheBest() throws IOException {
    assertThat(run("--name=shop", "--compare")).isZero();
    String yaml = Files.readString(folder.resolve("datasets/shop.yaml"));
    assertThat(yaml).contains("# The best of 4 learners by AUC on 5 folds of 400 rows:\n");
    assertThat(yaml.lines().filter(line -> line.matches("#   \\w+ 0\\.\\d{4} ± .*"))).hasSize(4);
    DatasetSpec spec = spec("shop");
    assertThat(
            yaml.lines().filter(line -> line.startsWith("#   " + spec.learner() + " ")).findFirst())
        .contains(
            yaml.lines().filter(line -> line.matches("#   \\w+ 0\\..*")).findFirst().orElseThrow());
    assertThat(spec.parameters().keySet()).isSubsetOf(spec.learner());
    assertThat(Files.readString(folder.resolve("reports/shop.html"))).contains("Cross-validation");
  }

  @Test
  void highlightsLeaksAndWarningsInTheReport() throws IOException {
    StringBuilder csv = new StringBuilder("id,age,contract,y\n");
    for (int row = 0; row < 400; row++) {
      int y = row % 3 == 1 ? 1 : 0;
      csv.append(row + "," + (row % 10 == 0 ? -999 : 20 + row % 50) + "," + (7 * y + row % 7));
      csv.append("," + y + "\n");
    }
    Files.writeString(table, csv);
    assertThat(run("--name=shop")).isZero();
    assertThat(Files.readString(folder.resolve("reports/shop.html")))
        .contains("<p class=\"box alert\"><strong>Leak.</strong> contract: the column alone")
        .contains("<p class=\"box caution\"><strong>Warning.</strong> age: -999 is read as")
        .contains("<td><strong class=\"alert\">CHECK: a leak: the column alone");
  }

  @Test
  void draftsAFileOfParquet() throws IOException {
    table = Path.of("../../tests/src/test/resources/cases/29j-parquet-rows/train.parquet");
    assertThat(run("--name=rows")).isZero();
    assertThat(spec("rows").source()).isEqualTo(table.toAbsolutePath().normalize().toString());
    assertThat(spec("rows").columns()).extracting("name").contains("age", "colour", "amt", "flag");
  }

  @Test
  void doesNotOverwriteAFile() throws IOException {
    Path there = folder.resolve("datasets/shop.yaml");
    Files.createDirectories(there.getParent());
    Files.writeString(there, "mine");
    assertThat(run("--name=shop")).isEqualTo(2);
    assertThat(there).hasContent("mine");
    assertThat(reason())
        .isEqualTo(
            there
                + " exists already, and is not overwritten: choose another name with NAME=…, or"
                + " delete the file");
  }

  @Test
  void rejectsANameThatDiffersFromAnotherOnlyInHyphens() throws IOException {
    Path there = folder.resolve("datasets/shop_a-b.yaml");
    Files.createDirectories(there.getParent());
    Files.writeString(there, "mine");
    assertThat(run("--name=shop-a_b")).isEqualTo(2);
    assertThat(reason())
        .isEqualTo(
            there
                + " exists already: a dataset 'shop-a_b' would share its endpoint on AWS and its"
                + " variable ENDPOINT_URL_SHOP_A_B; choose another name with NAME=…");
    assertThat(there.resolveSibling("shop-a_b.yaml")).doesNotExist();
    assertThat(run("--name=shop-a")).isZero();
  }

  @Test
  void doesNotOverwriteAFileThatSomeoneWritesMeanwhile() throws IOException {
    Path there = folder.resolve("datasets/shop.yaml");
    InitTask.write(there, "mine");
    assertThatThrownBy(() -> InitTask.write(there, "another"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("exists already");
    assertThat(there).hasContent("mine");
    try (Stream<Path> files = Files.list(there.getParent())) {
      assertThat(files).containsExactly(there);
    }
  }

  @Test
  void writesNothingWhereTheTableIsRejected() throws IOException {
    assertThat(run("--label=chrun")).isEqualTo(2);
    assertThat(reason())
        .isEqualTo("LABEL=chrun: " + table + " has no such column; did you mean 'churn'?");
    assertThat(run("--name=Shop")).isEqualTo(2);
    assertThat(reason()).startsWith("NAME=Shop must have lower-case letters");
    table = folder.resolve("nope.csv");
    assertThat(run()).isEqualTo(2);
    assertThat(reason()).isEqualTo("no such file: " + table);
    assertThat(folder.resolve("datasets")).doesNotExist();
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  @Test
  void namesADatasetByItsFile() {
    assertThat(DraftName.of(null, Path.of("/x/Größe & Maß 2024.CSV.gz")).text())
        .isEqualTo("grosse-mass-2024");
    assertThat(DraftName.of(null, Path.of("2024_train.csv")).text()).isEqualTo("train");
    assertThat(DraftName.of(null, Path.of("a-sample.csv")).text()).isEqualTo("a_sample");
    assertThat(DraftName.of(null, Path.of("a".repeat(60) + ".csv")).text()).hasSize(41);
    assertThat(DraftName.of("mine", Path.of("x.csv")).text()).isEqualTo("mine");
  }
}
