package org.thespis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way. The web module sees all the others, so the rules stand here. */
@AnalyzeClasses(packages = "org.thespis", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("org.thespis.api..")
            .layer("values")
            .definedBy("org.thespis.protocol.value..")
            .layer("contract")
            .definedBy("org.thespis.protocol.contract..")
            .layer("protocol")
            .definedBy("org.thespis.protocol")
            .layer("runtime")
            .definedBy("org.thespis.runtime..")
            .layer("host")
            .definedBy("org.thespis.host..")
            .layer("gateway")
            .definedBy("org.thespis.gateway..")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("values")
            .mayOnlyAccessLayers("api")
            .whereLayer("contract")
            .mayOnlyAccessLayers("api", "values")
            .whereLayer("protocol")
            .mayOnlyAccessLayers("api", "values")
            .whereLayer("runtime")
            .mayOnlyAccessLayers("api", "values", "contract")
            .whereLayer("host")
            .mayOnlyAccessLayers("api", "runtime")
            .whereLayer("gateway")
            .mayOnlyAccessLayers("api", "values", "protocol", "runtime");

    /** The rooms of the runtime: each knows only those below it. */
    @ArchTest
    static final ArchRule rooms = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("message")
            .definedBy("org.thespis.runtime.message")
            .layer("settings")
            .definedBy("org.thespis.runtime.settings")
            .layer("turn")
            .definedBy("org.thespis.runtime.turn")
            .layer("document")
            .definedBy("org.thespis.runtime.document")
            .layer("entry")
            .definedBy("org.thespis.runtime.entry")
            .layer("archive")
            .definedBy("org.thespis.runtime.archive")
            .layer("declaration")
            .definedBy("org.thespis.runtime.declaration")
            .layer("commit")
            .definedBy("org.thespis.runtime.commit")
            .layer("connection")
            .definedBy("org.thespis.runtime.connection")
            .layer("call")
            .definedBy("org.thespis.runtime.call")
            .layer("schedule")
            .definedBy("org.thespis.runtime.schedule")
            .layer("instance")
            .definedBy("org.thespis.runtime.instance")
            .layer("face")
            .definedBy("org.thespis.runtime")
            .layer("reference")
            .definedBy("org.thespis.runtime.reference")
            .layer("module")
            .definedBy("org.thespis.runtime.module")
            .layer("identity")
            .definedBy("org.thespis.runtime.identity")
            .layer("cdi")
            .definedBy("org.thespis.runtime.cdi")
            .whereLayer("message")
            .mayNotAccessAnyLayer()
            .whereLayer("settings")
            .mayOnlyAccessLayers("document")
            .whereLayer("turn")
            .mayOnlyAccessLayers("message", "settings", "document")
            .whereLayer("document")
            .mayNotAccessAnyLayer()
            .whereLayer("entry")
            .mayOnlyAccessLayers("message", "document")
            .whereLayer("archive")
            .mayNotAccessAnyLayer()
            .whereLayer("declaration")
            .mayOnlyAccessLayers("message", "settings", "turn", "document", "entry")
            .whereLayer("commit")
            .mayOnlyAccessLayers("message", "entry")
            .whereLayer("connection")
            .mayOnlyAccessLayers("message", "settings", "turn", "declaration")
            .whereLayer("schedule")
            .mayOnlyAccessLayers("message", "turn", "document", "declaration")
            .whereLayer("call")
            .mayOnlyAccessLayers("message", "settings", "turn", "document", "declaration", "connection")
            .whereLayer("instance")
            .mayOnlyAccessLayers(
                    "message",
                    "settings",
                    "turn",
                    "document",
                    "entry",
                    "declaration",
                    "commit",
                    "connection",
                    "call",
                    "schedule")
            .whereLayer("face")
            .mayOnlyAccessLayers("message", "settings", "document", "turn", "declaration", "commit", "instance")
            .whereLayer("reference")
            .mayOnlyAccessLayers("face", "message", "settings", "turn", "declaration", "connection")
            .whereLayer("cdi")
            .mayOnlyAccessLayers(
                    "face", "message", "archive", "declaration", "instance", "reference", "module", "identity")
            .whereLayer("identity")
            .mayOnlyAccessLayers("message", "turn", "declaration", "connection")
            .whereLayer("module")
            .mayOnlyAccessLayers("declaration");

    @ArchTest
    static final ArchRule noCyclesInTheRuntime =
            slices().matching("org.thespis.runtime.(*)..").should().beFreeOfCycles();

    /** No container: it starts in a unit test with {@code new}. */
    @ArchTest
    static final ArchRule coreIsPlainJava = noClasses()
            .that()
            .resideInAPackage("org.thespis.runtime..")
            .and()
            .resideOutsideOfPackages(
                    "org.thespis.runtime.cdi..",
                    "org.thespis.runtime.identity..",
                    "org.thespis.runtime.jndi..",
                    "org.thespis.runtime.module..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.thespis.runtime.cdi..",
                    "org.thespis.runtime.identity..",
                    "org.thespis.runtime.jndi..",
                    "org.thespis.runtime.module..",
                    "jakarta.enterprise..",
                    "jakarta.ejb..",
                    "jakarta.servlet..",
                    "jakarta.websocket..",
                    "jakarta.persistence..",
                    "java.sql..",
                    "javax.sql..",
                    "javax.naming..");

    @ArchTest
    static final ArchRule socketsStayAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackage("org.thespis.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..");

    /** A module hears of WARs that start. */
    @ArchTest
    static final ArchRule servletsStayAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("org.thespis.gateway..", "org.thespis.runtime.module..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.servlet..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.thespis.(*)..").should().beFreeOfCycles();
}
