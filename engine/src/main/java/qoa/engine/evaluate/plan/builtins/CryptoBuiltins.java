package qoa.engine.evaluate.plan.builtins;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** Digests and message authentication codes, in hexadecimal digits. */
final class CryptoBuiltins {
  private CryptoBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("crypto.md5", (c, s) -> digest("MD5", s))
        .add1("crypto.sha1", (c, s) -> digest("SHA-1", s))
        .add1("crypto.sha256", (c, s) -> digest("SHA-256", s))
        .add2("crypto.hmac.md5", (c, s, key) -> hmac("HmacMD5", s, key))
        .add2("crypto.hmac.sha1", (c, s, key) -> hmac("HmacSHA1", s, key))
        .add2("crypto.hmac.sha256", (c, s, key) -> hmac("HmacSHA256", s, key))
        .add2("crypto.hmac.sha512", (c, s, key) -> hmac("HmacSHA512", s, key))
        .add2("crypto.hmac.equal", CryptoBuiltins::equal);
  }

  private static byte[] bytes(RegoValue value, int position) {
    return Operands.string(value, position).getBytes(StandardCharsets.UTF_8);
  }

  private static RegoValue digest(String algorithm, RegoValue text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes(text, 1));
      return RegoString.of(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static RegoValue hmac(String algorithm, RegoValue text, RegoValue key) {
    byte[] message = bytes(text, 1);
    byte[] secret = bytes(key, 2);
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
    return RegoBoolean.of(MessageDigest.isEqual(bytes(a, 1), bytes(b, 2)));
  }
}
