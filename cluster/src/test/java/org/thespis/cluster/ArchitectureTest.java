package org.thespis.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.thespis", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule messagesKnowNothingOfWhoSendsThem = noClasses()
            .that()
            .resideInAPackage("org.thespis.cluster.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.thespis.cluster", "org.thespis.cluster.jgroups..");

    @ArchTest
    static final ArchRule routingKnowsNoEngine = noClasses()
            .that()
            .resideInAPackage("org.thespis.cluster")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.thespis.cluster.jgroups..", "org.thespis.cluster.node..", "org.jgroups..");

    @ArchTest
    static final ArchRule nobodyElseKnowsTheEngine = noClasses()
            .that()
            .resideOutsideOfPackage("org.thespis.cluster.jgroups..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jgroups..");

    @ArchTest
    static final ArchRule nobodyElseKnowsTheCluster = noClasses()
            .that()
            .resideOutsideOfPackage("org.thespis.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.thespis.cluster..");
}
