package qoa.engine.cli;

import picocli.CommandLine.Command;

/** {@code qoa dead-letters}: what its subcommands have in common is in {@link LetterOptions}. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Looks at messages that were no reports, and sends them back.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ListLettersCommand.class, ShowLetterCommand.class, RedriveLettersCommand.class})
final class DeadLettersCommand {}
