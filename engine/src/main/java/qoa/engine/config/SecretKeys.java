package qoa.engine.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Tells by its name which setting holds a secret. {@code rekey} only sounds like one. */
final class SecretKeys {

  private static final Pattern SECRET =
      Pattern.compile("password|secret|jaas|token|(?<!^re)key|credential|basic\\.auth");

  private SecretKeys() {}

  static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** The settings as they may be printed, in order of their names. */
  static Map<String, String> hidden(Map<String, String> settings) {
    Map<String, String> printable = new TreeMap<>(settings);
    printable.replaceAll((key, value) -> isSecret(key) ? Secret.HIDDEN : value);
    return printable;
  }
}
