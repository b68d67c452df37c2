package qoa.core.policies;

/**
 * One Rego file.
 *
 * @param path the file, relative to the policies folder, with {@code /}
 * @param packageName its package without {@code data.}, such as {@code qoa.contract}
 * @param source its text, in Rego v1: a v0 file is rewritten when it is read
 * @param rewritten true where the file itself is Rego v0
 */
public record PolicyModule(String path, String packageName, String source, boolean rewritten) {}
