package qoa.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Packages depend on each other in one direction, and a library stays in the module that wraps it.
 * The compiler keeps the direction between modules.
 */
class ArchitectureTest {

  private static final List<String> MODULES = List.of("rego", "core", "kafka", "service", "demo");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ArchitectureTest::isShipped)
          .importPackages(MODULES.stream().map(module -> "qoa." + module).toArray(String[]::new));

  private static boolean isShipped(Location location) {
    return !location.contains("systemtests") && !location.contains("-tests.jar");
  }

  @Test
  void packagesDependInOneDirection() {
    slices().matching("qoa.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noTwoClassesHaveTheSameName() {
    assertThat(CLASSES.stream().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
        .filteredOn(name -> !name.equals("package-info"))
        .doesNotHaveDuplicates();
  }

  @Test
  void kafkaStaysInItsModule() {
    outside("kafka", "demo", "org.apache.kafka..").check(CLASSES);
  }

  @Test
  void prometheusStaysInMetrics() {
    outside("service.metrics", "service.http", "io.prometheus..").check(CLASSES);
  }

  @Test
  void opaClientStaysInItsPackage() {
    outside("core.evaluate.opa", "core.evaluate.opa", "com.bisnode..").check(CLASSES);
  }

  @Test
  void picocliStaysInTheCommandLine() {
    outside("service.cli", "demo", "picocli..").check(CLASSES);
  }

  @Test
  void rego_knowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("qoa.rego..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "qoa.core..", "qoa.kafka..", "qoa.service..", "org.apache.kafka..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void regoPackagesUseThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("api")
        .definedBy("qoa.rego")
        .layer("compiler")
        .definedBy("qoa.rego.compiler..")
        .layer("machine")
        .definedBy("qoa.rego.machine..")
        .layer("builtins")
        .definedBy("qoa.rego.builtins..")
        .layer("value")
        .definedBy("qoa.rego.value..")
        .layer("plan")
        .definedBy("qoa.rego.plan..")
        .layer("budget")
        .definedBy("qoa.rego.budget..")
        .whereLayer("compiler")
        .mayOnlyAccessLayers("machine", "builtins", "value", "plan", "budget")
        .whereLayer("machine")
        .mayOnlyAccessLayers("builtins", "value", "plan", "budget")
        .whereLayer("builtins")
        .mayOnlyAccessLayers("value", "budget")
        .whereLayer("value")
        .mayOnlyAccessLayers("budget")
        .whereLayer("plan")
        .mayNotAccessAnyLayer()
        .whereLayer("budget")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void othersUseOnlyTheApiOfRego() {
    noClasses()
        .that()
        .resideOutsideOfPackage("qoa.rego..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "qoa.rego.compiler..",
                    "qoa.rego.machine..",
                    "qoa.rego.builtins..",
                    "qoa.rego.plan..")
                .and(not(simpleName("Location")))
                .and(not(simpleName("PlanFormatException"))))
        .check(CLASSES);
  }

  @Test
  void planJsonIsReadInOnePlace() {
    noClasses()
        .that()
        .resideInAnyPackage("qoa.rego.compiler..", "qoa.rego.machine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CLASSES);
  }

  private static ClassesShouldConjunction outside(String one, String other, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackages("qoa." + one + "..", "qoa." + other + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
