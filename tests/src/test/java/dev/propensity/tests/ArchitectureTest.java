package dev.propensity.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which module may depend on which, by the table in {@code docs/architecture.md}. */
class ArchitectureTest {
  private static final String OURS = "dev.propensity.";
  private static final Path PROJECT = Path.of("..");
  private static final Path DOCS = PROJECT.resolve("docs/architecture.md");

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ArchitectureTest::isOfThePrograms)
            .importPackages("dev.propensity");
  }

  private static boolean isOfThePrograms(Location location) {
    return !location.contains("/test-classes/") && !location.contains("-tests.jar");
  }

  @Test
  void everyModuleIsSeen() throws IOException {
    Set<String> seen = classes.stream().map(ArchitectureTest::module).collect(Collectors.toSet());
    assertThat(seen).containsAll(folders("libraries"));
    Set<String> packages =
        classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages)
        .containsAll(folders("tasks").stream().map(t -> OURS + "tasks." + t).toList());
  }

  /** The modules in a folder. */
  private static List<String> folders(String parent) throws IOException {
    try (Stream<Path> folders = Files.list(PROJECT.resolve(parent))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .toList();
    }
  }

  @Test
  void librariesDependOnEachOtherAsTheTableSays() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type : classes) {
      String module = module(type);
      if (module.equals("tasks")) {
        continue;
      }
      Set<String> others = found.computeIfAbsent(module, key -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String other = module(dependency.getTargetClass());
        if (!other.isEmpty() && !other.equals(module)) {
          others.add(other);
        }
      }
    }
    found.keySet().retainAll(folders("libraries"));
    assertThat(found).isEqualTo(documented());
  }

  /** A class's module; empty where it is not the project's. */
  private static String module(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(OURS) ? name.substring(OURS.length()).split("\\.")[0] : "";
  }

  /**
   * The modules that each library depends on, by the table's rows {@code | `name` | `a`, `b` | …
   * |}.
   */
  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> table = new TreeMap<>();
    for (String line : Files.readAllLines(DOCS)) {
      String[] cells = line.split("\\|");
      if (cells.length > 3 && cells[1].matches(" `\\w+` ")) {
        Set<String> others = new TreeSet<>(List.of(cells[2].replaceAll("[`\\s]", "").split(",")));
        others.removeIf(String::isEmpty);
        table.put(cells[1].replaceAll("[`\\s]", ""), others);
      }
    }
    table.keySet().retainAll(folders("libraries")); // the page has other tables, too
    return table;
  }

  @Test
  void tasksDoNotDependOnEachOther() {
    slices().matching(OURS + "tasks.(*)..").should().notDependOnEachOther().check(classes);
  }

  @Test
  void noProgramDependsOnTheFixturesOfTests() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + "testing..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OURS + "testing..", "org.junit..", "org.assertj..")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(OURS + "(**)").should().beFreeOfCycles().check(classes);
    slices().matching(OURS + "(*)..").should().beFreeOfCycles().check(classes);
  }

  @ParameterizedTest
  @CsvSource({
    "software.amazon.awssdk.services.s3.., storage",
    "software.amazon.., aws storage endpoint tasks.teardown",
    "org.mlflow.., tracking",
    "picocli.., task tasks testing",
    "org.apache.arrow.., table",
    "org.apache.parquet.., parquet",
    "java.awt.., nobody",
    "javax.imageio.., nobody",
  })
  void foreignPackagesAreKnownToFew(String foreign, String modules) {
    String[] knowing =
        Stream.of(modules.split(" ")).map(module -> OURS + module + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(knowing)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(foreign)
        .check(classes);
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() throws IOException {
    try (Stream<Path> libraries = Files.walk(PROJECT.resolve("libraries"));
        Stream<Path> tasks = Files.walk(PROJECT.resolve("tasks"))) {
      List<Path> without =
          Stream.concat(libraries, tasks)
              .filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> !isNullMarked(folder.resolve("package-info.java")))
              .toList();
      assertThat(without).isEmpty();
    }
  }

  private static boolean isNullMarked(Path description) {
    try {
      return Files.exists(description)
          && Files.readString(description).contains("\n@NullMarked\npackage ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
