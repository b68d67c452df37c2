package qoa.core.policies;

/**
 * One Rego file.
 *
 * @param path the file, relative to the policies folder, with {@code /}
 * @param packageName the package without {@code data.}, such as {@code qoa.contract}
 * @param source the text in Rego v1, after a v0 file was rewritten
 * @param rewritten true if the file is Rego v0
 */
public record PolicyModule(String path, String packageName, String source, boolean rewritten) {}
