package computer.autonet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The directions between layers (docs/architecture.md), each as a rule that names what a layer may use. */
@AnalyzeClasses(packages = "computer.autonet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "computer.autonet.";
    /** The generated messages and services live in this package of their own. */
    private static final String GENERATED = ROOT + "v1";

    /** Packages of others whose name has no dot. */
    private static final Set<String> VENDORS = Set.of("scala", "picocli", "okhttp3");

    private static ArchRule only(String layer, String... allowed) {
        String[] packages = Stream.concat(
                        Stream.of(ROOT + layer + "..", "java..", "javax.crypto..", "org.jspecify.."),
                        Stream.of(allowed).map(p -> (p.contains(".") || VENDORS.contains(p) ? p : ROOT + p) + ".."))
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
    static final ArchRule gateway = only(
            "gateway",
            "process",
            "codec",
            "protocol",
            "port",
            "base",
            GENERATED,
            "com.google.protobuf",
            "com.google.rpc",
            "com.typesafe.config",
            "org.apache.pekko",
            "io.grpc",
            "org.slf4j",
            "scala");

    @ArchTest
    static final ArchRule cli = only(
            "cli",
            "client",
            GENERATED,
            "audit",
            "codec",
            "protocol",
            "port",
            "base",
            "picocli",
            "com.fasterxml.jackson",
            "com.google.protobuf",
            "com.typesafe.config",
            "org.apache.pekko.actor",
            "org.apache.pekko.grpc",
            "org.apache.pekko.stream",
            "org.apache.pekko.NotUsed",
            "io.grpc",
            "scala");

    /** Files that survive a crash: all adapters may write them, and this one knows nobody. */
    private static final String DISK = ROOT + "adapter.disk";

    @ArchTest
    static final ArchRule disk = only("adapter.disk");

    @ArchTest
    static final ArchRule blob = only("adapter.blob", "port", "base", DISK);

    @ArchTest
    static final ArchRule data = only("adapter.data", "port", "base", DISK);

    @ArchTest
    static final ArchRule work = only("adapter.work", "port", "base", DISK);

    @ArchTest
    static final ArchRule training = only("adapter.training", "port", "base", "ai.djl");

    @ArchTest
    static final ArchRule metrics = only("adapter.metrics", "port", "base", "io.micrometer");

    @ArchTest
    static final ArchRule keystore =
            only("adapter.keystore", "port", ROOT + "protocol.crypto", "base", DISK, "org.bouncycastle");

    @ArchTest
    static final ArchRule chain = only(
            "adapter.chain",
            "port",
            ROOT + "protocol.role",
            "base",
            DISK,
            "org.web3j",
            "okhttp3",
            "io.reactivex",
            "com.fasterxml.jackson",
            "org.slf4j");

    @ArchTest
    static final ArchRule cassandra =
            only("adapter.cassandra", "port", "base", "com.datastax.oss.driver", "org.apache.pekko");

    @ArchTest
    static final ArchRule journal = only(
            "adapter.journal",
            "port",
            "base",
            DISK,
            ROOT + "adapter.cassandra",
            "com.datastax.oss.driver",
            "com.typesafe.config",
            "org.apache.pekko",
            "org.rocksdb",
            "scala");

    @ArchTest
    static final ArchRule lease = only(
            "adapter.lease",
            "port",
            "base",
            DISK,
            ROOT + "adapter.cassandra",
            ROOT + "adapter.journal",
            "com.datastax.oss.driver",
            "com.typesafe.config",
            "org.apache.pekko",
            "scala");

    /** Each vendor's package has a rule above; one without a rule would be a deny-list of nothing. */
    @ArchTest
    static final ArchRule everyAdapterIsListed = classes()
            .that()
            .resideInAPackage(ROOT + "adapter..")
            .should()
            .resideInAnyPackage(Stream.of(
                            "disk",
                            "blob",
                            "data",
                            "work",
                            "training",
                            "metrics",
                            "keystore",
                            "chain",
                            "cassandra",
                            "journal",
                            "lease")
                    .map(vendor -> ROOT + "adapter." + vendor + "..")
                    .toArray(String[]::new))
            .because("an adapter needs a rule of its own here that says which vendor it may use");

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

    private static DescribedPredicate<JavaAccess<?>> methodsOf(Class<?> owner, Predicate<String> names) {
        return DescribedPredicate.describe(
                "such a method of " + owner.getName(),
                access -> access.getTargetOwner().isEquivalentTo(owner) && names.test(access.getName()));
    }

    private static DescribedPredicate<JavaClass> in(String packages, Class<?>... but) {
        return resideInAPackage(packages)
                .and(not(belongToAnyOf(but)))
                .as("classes of " + packages + " but "
                        + Stream.of(but).map(Class::getSimpleName).toList());
    }

    /** Time, chance, files and networks are arguments: what is decided follows from the log alone. */
    @ArchTest
    static final ArchRule protocolIsDeterministic = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "protocol..", ROOT + "base..")
            .should()
            .accessTargetWhere(methodsOf(System.class, name -> !name.equals("arraycopy")))
            .orShould()
            .accessTargetWhere(methodsOf(Math.class, "random"::equals))
            .orShould()
            .accessTargetWhere(methodsOf(StrictMath.class, "random"::equals))
            .orShould()
            .dependOnClassesThat(in("java.time..", Duration.class))
            .orShould()
            .dependOnClassesThat(in("java.io..", ByteArrayOutputStream.class, Serializable.class))
            .orShould()
            .dependOnClassesThat(in("java.nio.file.."))
            .orShould()
            .dependOnClassesThat(in("java.nio.channels.."))
            .orShould()
            .dependOnClassesThat(in("java.net.."))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    java.lang.ProcessBuilder.class,
                    java.lang.Thread.class,
                    java.util.concurrent.ThreadLocalRandom.class,
                    java.util.Random.class,
                    java.util.SplittableRandom.class,
                    java.util.UUID.class);

    /** A stream of bytes that follows from a seed is handed to libraries as their SecureRandom; nobody else has one. */
    @ArchTest
    static final ArchRule protocolDrawsNoRandomness = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "protocol..", ROOT + "base..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "protocol.crypto.SeededStream")
            .should()
            .accessTargetWhere(methodsOf(java.security.SecureRandom.class, name -> true));

    /** What logs and messages say must not change when a class is renamed. The mappers compare names once, at the start. */
    @ArchTest
    static final ArchRule noClassNamesInWhatIsRecorded = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "protocol..", ROOT + "codec..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "codec.RecordMapper")
            .and()
            .haveNameNotMatching(ROOT.replace(".", "[.]") + "codec[.]FieldMapper([$].*)?")
            .should()
            .accessTargetWhere(methodsOf(
                    Class.class, Set.of("getName", "getSimpleName", "getTypeName", "getCanonicalName")::contains))
            .because("a state or command has a name of its own");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles().allowEmptyShould(true);
}
