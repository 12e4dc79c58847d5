package computer.autonet.cli;

import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The shape of every help text: lines of at most 100 columns, and flags under the heading of their {@link Topic}. */
final class HelpLayout {
    static final int WIDTH = 100;

    private static final String OWN = "Options";
    /** Of {@link OutputOptions} and of picocli's own flags. */
    static final String LAST = "Output and help";

    private HelpLayout() {}

    /** Gives the shape to a command and all below it. */
    static void apply(CommandLine command) {
        command.setUsageHelpWidth(WIDTH);
        sections(command);
    }

    private static void sections(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        if (command.getCommandSpec().positionalParameters().stream().anyMatch(argument -> !argument.hidden())) {
            usage.parameterListHeading("%nArguments:%n");
        }
        usage.commandListHeading("%nCommands:%n");
        if (usage.footer().length > 0) {
            usage.footerHeading("%n");
        }
        command.getSubcommands().values().forEach(HelpLayout::sections);
    }

    private static String options(Help help) {
        Map<String, List<OptionSpec>> topics = new LinkedHashMap<>();
        topics.put(OWN, new ArrayList<>());
        for (OptionSpec option : help.commandSpec().options()) {
            if (option.group() == null) {
                topics.computeIfAbsent(topic(option), topic -> new ArrayList<>())
                        .add(option);
            }
        }
        List<OptionSpec> last = topics.remove(LAST);
        var text = new StringBuilder();
        topics.forEach((topic, options) -> section(text, topic, help.optionListExcludingGroups(options)));
        text.append(help.optionListGroupSections());
        section(text, LAST, last == null ? "" : help.optionListExcludingGroups(last));
        return text.toString();
    }

    private static void section(StringBuilder text, String topic, String lines) {
        if (!lines.isEmpty()) {
            text.append(String.format("%n%s:%n", topic)).append(lines);
        }
    }

    private static String topic(OptionSpec option) {
        Class<?> owner = null;
        if (option.userObject() instanceof Field field) {
            owner = field.getDeclaringClass();
        } else if (option.userObject() instanceof Parameter) {
            return OWN;
        }
        if (owner == null) {
            return OWN;
        }
        if (owner.getName().startsWith("picocli.")) {
            return LAST;
        }
        Topic topic = owner.getAnnotation(Topic.class);
        return topic == null ? OWN : topic.value();
    }
}
