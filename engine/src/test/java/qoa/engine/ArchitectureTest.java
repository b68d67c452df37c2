package qoa.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Packages import one way; {@code engine/docs/architecture.md} describes the modules. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("qoa.engine");

  @Test
  void packagesImportOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("qoa.engine.cli..")
        .layer("demo")
        .definedBy("qoa.engine.demo..")
        .layer("pipeline")
        .definedBy("qoa.engine.pipeline..")
        .layer("ingest")
        .definedBy("qoa.engine.ingest..")
        .layer("window")
        .definedBy("qoa.engine.window..")
        .layer("evaluate")
        .definedBy("qoa.engine.evaluate..")
        .layer("emit")
        .definedBy("qoa.engine.emit..")
        .layer("contracts")
        .definedBy("qoa.engine.contracts..")
        .layer("policies")
        .definedBy("qoa.engine.policies..")
        .layer("ops")
        .definedBy("qoa.engine.ops..")
        .layer("config")
        .definedBy("qoa.engine.config..")
        .layer("model")
        .definedBy("qoa.engine.model..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("demo")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("pipeline")
        .mayOnlyBeAccessedByLayers("cli", "demo")
        .whereLayer("ingest")
        .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline")
        .whereLayer("window")
        .mayOnlyBeAccessedByLayers("pipeline")
        .whereLayer("evaluate")
        .mayOnlyBeAccessedByLayers("cli", "pipeline")
        .whereLayer("emit")
        .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline")
        .check(CLASSES);
  }

  @Test
  void foundationPackagesDoNotImportStages() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..contracts..",
            "..policies..",
            "..ops..",
            "..config..",
            "qoa.engine.kafka..",
            "..model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..ingest..", "..window..", "..evaluate..", "..emit..", "..pipeline..", "..cli..")
        .check(CLASSES);
  }

  @Test
  void kafkaStaysInItsAdapters() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "qoa.engine.kafka..", "qoa.engine.ingest..", "qoa.engine.emit..", "qoa.engine.demo..")
        .and()
        .haveNameNotMatching(
            "qoa\\.engine\\.config\\.KafkaNames(\\$.*)?") // the names, and no client
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void prometheusStaysInOps() {
    noClasses()
        .that()
        .resideOutsideOfPackage("qoa.engine.ops..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(CLASSES);
  }

  @Test
  void opaClientStaysInEvaluate() {
    noClasses()
        .that()
        .resideOutsideOfPackage("qoa.engine.evaluate..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.bisnode..")
        .check(CLASSES);
  }

  @Test
  void picocliStaysInCli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("qoa.engine.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }
}
