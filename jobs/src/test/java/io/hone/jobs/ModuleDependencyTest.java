package io.hone.jobs;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/**
 * The arrows of the house: jobs to driver to executor to kernels to conf, and Spark only where it
 * may be.
 */
@AnalyzeClasses(packages = "io.hone", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleDependencyTest {
  @ArchTest
  static final ArchRule arrowsPointUpwardsOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("conf")
          .definedBy("io.hone.conf..")
          .layer("kernels")
          .definedBy("io.hone.kernels..")
          .layer("executor")
          .definedBy("io.hone.executor..")
          .layer("driver")
          .definedBy("io.hone.driver..")
          .layer("jobs")
          .definedBy("io.hone.jobs..")
          .whereLayer("jobs")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("driver")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("executor")
          .mayOnlyBeAccessedByLayers("driver", "jobs")
          .whereLayer("kernels")
          .mayOnlyBeAccessedByLayers("executor", "driver", "jobs");

  @ArchTest
  static final ArchRule roomsOfTheDriverAreNoCircle =
      slices().matching("io.hone.driver.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfTheExecutorAreNoCircle =
      slices().matching("io.hone.executor.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule kernelsAndConfigurationKnowNoSpark =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage("io.hone.conf..", "io.hone.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule onlyKernelsKnowTheTensorEngine =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("io.hone.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule sparkIsUsedThroughItsPublicInterfaceOnly =
      ArchRuleDefinition.noClasses().should().resideInAPackage("org.apache.spark..");
}
