package qoa.service.cli;

import picocli.CommandLine.Command;

/**
 * {@code qoa dead-letters}: what its subcommands have in common is in {@link DeadLetterOptions}.
 */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Looks at messages that were no reports, and sends them back.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ListDeadLettersCommand.class,
      ShowDeadLetterCommand.class,
      RedriveDeadLettersCommand.class
    })
final class DeadLettersCommand {}
