package qoa.rego.builtins;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Digests and message authentication codes, in hexadecimal digits. */
final class CryptoBuiltins {
  /** Of the shortest text. */
  private static final int BASE_STEPS = 16;

  private CryptoBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("crypto.md5", Cost.OWN, (c, s) -> digest(c, "MD5", s))
        .add1("crypto.sha1", Cost.OWN, (c, s) -> digest(c, "SHA-1", s))
        .add1("crypto.sha256", Cost.OWN, (c, s) -> digest(c, "SHA-256", s))
        .add2("crypto.hmac.md5", Cost.OWN, (c, s, key) -> hmac(c, "HmacMD5", s, key))
        .add2("crypto.hmac.sha1", Cost.OWN, (c, s, key) -> hmac(c, "HmacSHA1", s, key))
        .add2("crypto.hmac.sha256", Cost.OWN, (c, s, key) -> hmac(c, "HmacSHA256", s, key))
        .add2("crypto.hmac.sha512", Cost.OWN, (c, s, key) -> hmac(c, "HmacSHA512", s, key))
        .add2("crypto.hmac.equal", Cost.OWN, CryptoBuiltins::equal);
  }

  private static byte[] bytes(BuiltinContext context, RegoValue value, int position) {
    String text = Operands.string(value, position);
    context.charge(BASE_STEPS);
    context.text(text.length());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RegoValue digest(BuiltinContext context, String algorithm, RegoValue text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes(context, text, 1));
      return RegoString.of(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static RegoValue hmac(
      BuiltinContext context, String algorithm, RegoValue text, RegoValue key) {
    byte[] message = bytes(context, text, 1);
    byte[] secret = bytes(context, key, 2);
    try {
      Mac mac = Mac.getInstance(algorithm);
      // An empty key is like one of zeros, and Java takes only the latter.
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, algorithm));
      return RegoString.of(HexFormat.of().formatHex(mac.doFinal(message)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static RegoValue equal(BuiltinContext context, RegoValue a, RegoValue b) {
    return RegoBoolean.of(MessageDigest.isEqual(bytes(context, a, 1), bytes(context, b, 2)));
  }
}
