package qoa.rego.builtins;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of IP addresses.
 *
 * @param address as given, whatever its host bits
 * @param bits 32 or 128
 * @param prefix the length of the network part, from 0 to {@code bits}
 */
record Cidr(BigInteger address, int bits, int prefix) {
  /** Longer than any address. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** The block of one address, or null if {@code text} is no address. */
  static Cidr ofAddress(String text) {
    if (text.length() > MAX_LENGTH
        || (!V4.matcher(text).matches() && !V6.matcher(text).matches())) {
      return null;
    }
    try {
      // A literal: no name is looked up.
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return new Cidr(new BigInteger(1, bytes), bytes.length * 8, bytes.length * 8);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The block that {@code text} is in CIDR notation, or null if it is not. */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    Cidr address = slash < 0 ? null : ofAddress(text.substring(0, slash));
    String prefix = text.substring(slash + 1);
    if (address == null || !prefix.matches("0|[1-9]\\d{0,2}")) {
      return null;
    }
    int length = Integer.parseInt(prefix);
    return length > address.bits ? null : new Cidr(address.address, address.bits, length).network();
  }

  BigInteger first() {
    return address.shiftRight(bits - prefix).shiftLeft(bits - prefix);
  }

  BigInteger last() {
    return first().add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
  }

  private Cidr network() {
    return new Cidr(first(), bits, prefix);
  }

  boolean contains(Cidr other) {
    return bits == other.bits
        && first().compareTo(other.first()) <= 0
        && last().compareTo(other.last()) >= 0;
  }

  @Override
  public String toString() {
    return text(address, bits) + "/" + prefix;
  }

  /** An address as RFC 5952 writes it. */
  static String text(BigInteger address, int bits) {
    if (bits == 32) {
      int value = address.intValue();
      return (value >>> 24)
          + "."
          + (value >>> 16 & 255)
          + "."
          + (value >>> 8 & 255)
          + "."
          + (value & 255);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = address.shiftRight(16 * (7 - i)).intValue() & 0xffff;
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int zeros = 0;
      while (i + zeros < 8 && groups[i + zeros] == 0) {
        zeros++;
      }
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        out.append("::");
        i += length - 1;
      } else {
        boolean separated = out.length() == 0 || out.charAt(out.length() - 1) == ':';
        out.append(separated ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }
}
