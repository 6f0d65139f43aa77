package org.thespis.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way. The kit sees the runtime and the client, so their rules beside it stand here. */
@AnalyzeClasses(packages = "org.thespis", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("org.thespis.api..")
            .layer("protocol")
            .definedBy("org.thespis.protocol..")
            .layer("runtime")
            .definedBy("org.thespis.runtime..")
            .layer("client")
            .definedBy("org.thespis.client..")
            .layer("testkit")
            .definedBy("org.thespis.testkit..")
            .whereLayer("client")
            .mayOnlyAccessLayers("api", "protocol")
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("testkit")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("testkit")
            .whereLayer("testkit")
            .mayNotBeAccessedByAnyLayer();

    /** Who runs actors itself knows of no server, and the other way round. */
    @ArchTest
    static final ArchRule theClientIsForServers = noClasses()
            .that()
            .resideInAPackage("org.thespis.testkit")
            .and()
            .doNotHaveSimpleName("Deployed")
            .and()
            .doNotHaveSimpleName("RemoteLink")
            .and()
            .haveNameNotMatching(".*KeyedActors.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.thespis.client..");

    /** What runs in plain JUnit needs no server's API. */
    @ArchTest
    static final ArchRule noServer = noClasses()
            .that()
            .resideInAPackage("org.thespis.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ejb..",
                    "jakarta.servlet..",
                    "jakarta.websocket..",
                    "jakarta.persistence..",
                    "javax.naming..",
                    "org.thespis.runtime.jndi..",
                    "org.thespis.runtime.module..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.thespis.(*)..").should().beFreeOfCycles();
}
