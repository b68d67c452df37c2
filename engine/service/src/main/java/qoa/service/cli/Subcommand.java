package qoa.service.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code qoa} in another module, such as {@code demo}. {@link java.util.ServiceLoader}
 * finds it if that module is on the class path. The class has picocli's annotations, and {@code
 * call} returns the exit code.
 */
public interface Subcommand extends Callable<Integer> {}
