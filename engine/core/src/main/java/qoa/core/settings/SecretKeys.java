package qoa.core.settings;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Tells by its name which setting holds a secret. {@code rekey} only sounds like one. */
public final class SecretKeys {

  private static final Pattern SECRET =
      Pattern.compile("password|secret|jaas|token|(?<!^re)key|credential|basic\\.auth");

  /**
   * Those of them whose whole value is the secret; others say where it lies or of what kind it is.
   */
  private static final Pattern VALUE =
      Pattern.compile("(password|secret|jaas\\.config|token|credentials?|\\.key)$|basic\\.auth");

  /** What may have more than one line. */
  private static final Pattern LINES = Pattern.compile("jaas|certificate|\\.key$");

  private SecretKeys() {}

  public static boolean isSecretItself(String key) {
    return VALUE.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  public static boolean mayHaveLines(String key) {
    return LINES.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  public static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** The settings as they may be printed, in order of their names. */
  public static Map<String, String> hidden(Map<String, String> settings) {
    Map<String, String> printable = new TreeMap<>(settings);
    printable.replaceAll((key, value) -> isSecret(key) ? Secret.HIDDEN : value);
    return printable;
  }
}
