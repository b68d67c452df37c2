package qoa.service.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code qoa} that another module brings, such as {@code demo}. {@link
 * java.util.ServiceLoader} finds it where that module is on the class path. It carries picocli's
 * annotations, and {@code call} answers the exit code.
 */
public interface Subcommand extends Callable<Integer> {}
