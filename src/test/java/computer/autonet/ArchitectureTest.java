package computer.autonet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** The directions between layers (docs/architecture.md), each as a rule that names what a layer may use. */
@AnalyzeClasses(packages = "computer.autonet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "computer.autonet.";
    /** The generated messages and services live in this package of their own. */
    private static final String GENERATED = ROOT + "v1";

    private static ArchRule only(String layer, String... allowed) {
        String[] packages = Stream.concat(
                        Stream.of(ROOT + layer + "..", "java..", "javax.crypto..", "org.jspecify.."),
                        Stream.of(allowed).map(p -> (p.contains(".") || p.equals("scala") ? p : ROOT + p) + ".."))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(ROOT + layer + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true);
    }

    @ArchTest
    static final ArchRule base = only("base");

    @ArchTest
    static final ArchRule protocol = only("protocol", "base", "org.bouncycastle");

    @ArchTest
    static final ArchRule bouncyCastleStaysInCrypto = noClasses()
            .that()
            .resideInAPackage(ROOT + "protocol..")
            .and()
            .resideOutsideOfPackage(ROOT + "protocol.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule port = only("port", "protocol", "base");

    @ArchTest
    static final ArchRule codec = only("codec", "protocol", "base", GENERATED, "com.google.protobuf");

    @ArchTest
    static final ArchRule audit = only("audit", "codec", "protocol", "base", GENERATED, "com.google.protobuf");

    @ArchTest
    static final ArchRule process = only(
            "process",
            "codec",
            "protocol",
            "port",
            "base",
            "org.apache.pekko",
            "scala",
            GENERATED,
            "com.google.protobuf",
            "com.typesafe.config",
            "org.slf4j",
            "com.esotericsoftware.kryo");

    @ArchTest
    static final ArchRule entity =
            only("entity", "process", "codec", "protocol", "port", "base", "org.apache.pekko", "scala", "org.slf4j");

    @ArchTest
    static final ArchRule client = only(
            "client",
            GENERATED,
            "codec",
            "protocol",
            "base",
            "com.google.protobuf",
            "com.google.rpc",
            "org.apache.pekko",
            "io.grpc",
            "org.slf4j",
            "scala");

    @ArchTest
    static final ArchRule engine = only(
            "engine",
            "client",
            GENERATED,
            "codec",
            "protocol",
            "port",
            "base",
            "com.google.protobuf",
            "org.apache.pekko.stream",
            "org.apache.pekko.grpc",
            "org.apache.pekko.NotUsed",
            "org.apache.pekko.util",
            "io.grpc",
            "org.slf4j",
            "scala");

    @ArchTest
    static final ArchRule gatewayKnowsNoAdapterEngineOrApp = noClasses()
            .that()
            .resideInAPackage(ROOT + "gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "adapter..", ROOT + "engine..", ROOT + "app..", ROOT + "cli..");

    @ArchTest
    static final ArchRule adaptersKnowOnlyPorts = noClasses()
            .that()
            .resideInAPackage(ROOT + "adapter..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "process..",
                    ROOT + "entity..",
                    ROOT + "engine..",
                    ROOT + "gateway..",
                    ROOT + "cli..",
                    ROOT + "app..");

    @ArchTest
    static final ArchRule cliIsAClient = noClasses()
            .that()
            .resideInAPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "process..",
                    ROOT + "entity..",
                    ROOT + "gateway..",
                    ROOT + "engine..",
                    ROOT + "adapter..",
                    ROOT + "app..");

    @ArchTest
    static final ArchRule nobodyImportsApp = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "app..");

    @ArchTest
    static final ArchRule web3jStaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "adapter.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.web3j..");

    @ArchTest
    static final ArchRule djlStaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "adapter.training..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule protocolIsDeterministic = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "protocol..", ROOT + "base..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .accessClassesThat()
            .belongToAnyOf(
                    java.time.Clock.class,
                    java.util.concurrent.ThreadLocalRandom.class,
                    java.util.Random.class,
                    java.util.UUID.class);

    @ArchTest
    static final ArchRule noCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles().allowEmptyShould(true);
}
