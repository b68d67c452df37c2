package qoa.core.settings;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Recognizes settings that contain secrets by their names. {@code rekey} is not one of them. */
public final class SecretKeys {

  private static final Pattern SECRET =
      Pattern.compile("password|secret|jaas|token|(?<!^re)key|credential|basic\\.auth");

  /** Settings whose whole value is the secret. Others name its location or its type. */
  private static final Pattern VALUE =
      Pattern.compile("(password|secret|jaas\\.config|token|credentials?|\\.key)$|basic\\.auth");

  /** Settings whose value may have more than one line. */
  private static final Pattern LINES = Pattern.compile("jaas|certificate|\\.key$");

  private SecretKeys() {}

  /** Whether the whole value of the setting is a secret. */
  public static boolean isSecretItself(String key) {
    return VALUE.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** Whether the value of the setting may have more than one line. */
  public static boolean mayHaveLines(String key) {
    return LINES.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** Whether the setting has to do with a secret. */
  public static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** The settings with secrets replaced, in order of their names. */
  public static Map<String, String> hidden(Map<String, String> settings) {
    Map<String, String> printable = new TreeMap<>(settings);
    printable.replaceAll((key, value) -> isSecret(key) ? Secret.HIDDEN : value);
    return printable;
  }
}
