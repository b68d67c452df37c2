package qoa.service.cli;

import picocli.CommandLine.Command;

/** {@code qoa dead-letters}. Its subcommands share {@link DeadLetterOptions}. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and redrives dead letters: messages that are not reports.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ListDeadLettersCommand.class,
      ShowDeadLetterCommand.class,
      RedriveDeadLettersCommand.class
    })
final class DeadLettersCommand {}
