package computer.autonet.app;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** {@code node.log} in a node's data directory: also what the libraries warn of, which the terminal does not show. */
final class LogFile implements AutoCloseable {
    /** With its predecessor at most twice as much: enough for the days before an incident. */
    private static final long MOST_BYTES = 10L << 20;

    private static final String NAME = "node.log";

    private final RollingFileAppender<ILoggingEvent> appender;
    private final List<Logger> loggers;

    private LogFile(RollingFileAppender<ILoggingEvent> appender, List<Logger> loggers) {
        this.appender = appender;
        this.loggers = loggers;
    }

    static LogFile open(Path dataDir) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Path file = dataDir.resolve(NAME);
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{36} %msg%n");
        encoder.start();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName(file.toString());
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(1);
        rolling.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(MOST_BYTES));
        size.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(size);
        appender.start();
        List<Logger> loggers = new ArrayList<>();
        loggers.add(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
        Logger ours = context.getLogger("computer.autonet");
        if (!ours.isAdditive()) {
            loggers.add(ours);
        }
        loggers.forEach(logger -> logger.addAppender(appender));
        return new LogFile(appender, loggers);
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(appender));
        appender.stop();
    }
}
