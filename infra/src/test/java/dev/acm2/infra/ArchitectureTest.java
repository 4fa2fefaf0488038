package dev.acm2.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// The architecture as sentences.
@AnalyzeClasses(packages = "dev.acm2", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] SERVICES = {
    "dev.acm2.orchestrator..",
    "dev.acm2.worker..",
    "dev.acm2.projector..",
    "dev.acm2.gateway..",
  };
  private static final String[] LANGUAGE = {
    "java..",
    "org.jspecify..",
    "com.google.errorprone..",
  };
  private static final String[] JSON = { "tools.jackson..", "com.fasterxml.jackson.annotation.." };

  private static final DescribedPredicate<JavaClass> DECISIONS = DescribedPredicate.describe(
    "decisions (deciders, policies, folds, plans, lanes)",
    type ->
      type.getSimpleName().matches(".*(Decider|Policy|Fold|Plan|Classifier)") ||
      type.getPackageName().startsWith("dev.acm2.projection")
  );

  @ArchTest
  static final ArchRule the_contract_sees_the_jdk_and_jackson_only = classes()
    .that()
    .resideInAPackage("dev.acm2.contract..")
    .should()
    .onlyDependOnClassesThat()
    .resideInAnyPackage(with(LANGUAGE, JSON, "dev.acm2.contract.."));

  @ArchTest
  static final ArchRule the_projection_sees_the_contract_and_the_evaluation_only = classes()
    .that()
    .resideInAPackage("dev.acm2.projection..")
    .should()
    .onlyDependOnClassesThat()
    .resideInAnyPackage(
      with(LANGUAGE, JSON, "dev.acm2.contract..", "dev.acm2.evaluation..", "dev.acm2.projection..")
    );

  @ArchTest
  static final ArchRule the_evaluation_sees_the_contract_only = classes()
    .that()
    .resideInAPackage("dev.acm2.evaluation..")
    .should()
    .onlyDependOnClassesThat()
    .resideInAnyPackage(with(LANGUAGE, JSON, "dev.acm2.contract..", "dev.acm2.evaluation.."));

  @ArchTest
  static final ArchRule the_artifact_store_sees_the_contract_and_jdbc_only = classes()
    .that()
    .resideInAPackage("dev.acm2.artifactstore..")
    .should()
    .onlyDependOnClassesThat()
    .resideInAnyPackage(
      with(LANGUAGE, JSON, "javax.sql..", "dev.acm2.contract..", "dev.acm2.artifactstore..")
    );

  @ArchTest
  static final ArchRule services_never_depend_on_services = slices()
    .matching("dev.acm2.(orchestrator|worker|projector|gateway)..")
    .should()
    .notDependOnEachOther();

  @ArchTest
  static final ArchRule only_standalone_knows_all_services = noClasses()
    .that()
    .resideOutsideOfPackages(
      with(SERVICES, new String[] { "dev.acm2.standalone..", "dev.acm2.infra.." })
    )
    .should()
    .dependOnClassesThat()
    .resideInAnyPackage(SERVICES);

  @ArchTest
  static final ArchRule the_worker_decides_nothing_about_runs_and_the_orchestrator_calls_no_provider =
    noClasses()
      .that()
      .resideInAPackage("dev.acm2.orchestrator..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule decisions_know_no_spring_no_kafka_no_clock_and_no_chance = noClasses()
    .that(DECISIONS)
    .should()
    .dependOnClassesThat()
    .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "java.sql..", "java.net..")
    .orShould()
    .dependOnClassesThat()
    .belongToAnyOf(Clock.class, InstantSource.class, Random.class, ThreadLocalRandom.class)
    .orShould()
    .callMethod(Instant.class, "now")
    .orShould()
    .callMethod(UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule names_say_what_a_class_is = noClasses()
    .should()
    .haveSimpleNameEndingWith("Impl")
    .orShould()
    .haveSimpleNameEndingWith("Manager")
    .orShould()
    .haveSimpleNameEndingWith("Helper")
    .orShould()
    .haveSimpleNameEndingWith("Util")
    .orShould()
    .haveSimpleNameEndingWith("Utils")
    .orShould()
    .resideInAnyPackage("..common..", "..util..", "..helper..", "..impl..");

  /// These pause between the tries of a loop that ends by a condition; nobody else sleeps.
  private static final String PAUSING_LOOPS =
    "dev\\.acm2\\.(cli\\.Pause|gateway\\.RunReads|orchestrator\\.LogProbe)(\\$.*)?";

  @ArchTest
  static final ArchRule only_the_named_loops_pause_between_their_tries = noClasses()
    .that()
    .haveNameNotMatching(PAUSING_LOOPS)
    .should()
    .callMethod(Thread.class, "sleep", long.class)
    .orShould()
    .callMethod(Thread.class, "sleep", Duration.class)
    .orShould()
    .callMethod(TimeUnit.class, "sleep", long.class);

  @ArchTest
  static final ArchRule nobody_swallows_the_errors_of_a_stream = noClasses()
    .should()
    .callMethod(
      reactor.core.publisher.Flux.class,
      "onErrorContinue",
      java.util.function.BiConsumer.class
    );

  @ArchTest
  static final ArchRule problems_are_answered_in_one_place_a_service = methods()
    .that()
    .areAnnotatedWith(ExceptionHandler.class)
    .should()
    .beDeclaredInClassesThat()
    .haveSimpleNameContaining("Problem");

  private static String[] with(String[] first, String[] second, String... more) {
    return java.util.stream.Stream.of(first, second, more)
      .flatMap(java.util.Arrays::stream)
      .toArray(String[]::new);
  }
}
