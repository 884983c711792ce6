package dev.propensity.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final String OURS = "dev.propensity.";
  private static final String[] LIBRARIES = {
    OURS + "foundation..",
    OURS + "storage..",
    OURS + "table..",
    OURS + "dataset..",
    OURS + "model..",
    OURS + "plot..",
    OURS + "tracking..",
    OURS + "artifacts..",
    OURS + "endpoint..",
    OURS + "task.."
  };

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
  void everyModuleIsSeen() {
    for (String module :
        new String[] {
          "foundation",
          "storage",
          "table",
          "dataset",
          "model",
          "plot",
          "tracking",
          "artifacts",
          "endpoint",
          "task",
          "tasks.download",
          "tasks.preprocess",
          "tasks.train",
          "tasks.evaluate",
          "tasks.compare",
          "tasks.register",
          "tasks.deploy",
          "tasks.promote",
          "tasks.rollback",
          "tasks.predict",
          "tasks.ask",
          "tasks.history",
          "tasks.verify",
          "tasks.prune",
          "tasks.teardown",
          "tasks.serve"
        }) {
      assertThat(
              classes.stream()
                  .anyMatch(type -> (type.getPackageName() + ".").startsWith(OURS + module + ".")))
          .as(module)
          .isTrue();
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(OURS + "(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void librariesDoNotKnowTasks() {
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "tasks..")
        .check(classes);
  }

  @Test
  void tasksDoNotKnowEachOther() {
    slices().matching(OURS + "tasks.(*)..").should().notDependOnEachOther().check(classes);
  }

  @Test
  void noLibraryKnowsStageArtifacts() {
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .and()
        .resideOutsideOfPackage(OURS + "artifacts..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "artifacts..")
        .check(classes);
  }

  @Test
  void stageArtifactsKnowNoPicturesNoEndpointsAndNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "artifacts..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OURS + "plot..", OURS + "endpoint..", OURS + "task..", "picocli..")
        .check(classes);
  }

  @Test
  void foundationKnowsNoOther() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "foundation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OURS + "storage..",
            OURS + "dataset..",
            OURS + "model..",
            OURS + "plot..",
            OURS + "tracking..",
            OURS + "endpoint..",
            OURS + "task..")
        .check(classes);
  }

  @Test
  void tableKnowsFoundationAlone() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "table..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OURS + "storage..",
            OURS + "dataset..",
            OURS + "model..",
            OURS + "artifacts..",
            OURS + "plot..",
            OURS + "tracking..",
            OURS + "endpoint..",
            OURS + "task..",
            "software.amazon..",
            "org.mlflow..",
            "picocli..")
        .check(classes);
  }

  @Test
  void datasetAndModelArePlainComputing() {
    noClasses()
        .that()
        .resideInAnyPackage(OURS + "dataset..", OURS + "model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon..",
            "org.mlflow..",
            "picocli..",
            OURS + "storage..",
            OURS + "plot..",
            OURS + "tracking..",
            OURS + "endpoint..",
            OURS + "task..")
        .check(classes);
  }

  @Test
  void onlyOneLibraryEachSpeaksS3AndMlflow() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + "storage..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk.services.s3..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackages(OURS + "storage..", OURS + "endpoint..", OURS + "tasks.teardown..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + "tracking..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mlflow..")
        .check(classes);
  }

  @Test
  void onlyOneLibraryDrawsPictures() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + "plot..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.knowm.xchart..", "java.awt..", "javax.imageio..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(OURS + "plot..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OURS + "storage..",
            OURS + "dataset..",
            OURS + "model..",
            OURS + "tracking..",
            OURS + "endpoint..",
            OURS + "task..")
        .check(classes);
  }

  @Test
  void artifactsAndTrackingKnowNoDataSetsAndNoCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(OURS + "storage..", OURS + "tracking..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OURS + "dataset..", OURS + "model..", OURS + "task..", "picocli..")
        .check(classes);
  }

  @Test
  void endpointsKnowNoDataSetsAndNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "endpoint..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OURS + "dataset..", OURS + "model..", OURS + "task..", "picocli..")
        .check(classes);
  }

  @Test
  void modulesHaveNoCycles() {
    slices().matching(OURS + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
