package qoa.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Finds out why brokers do not answer, by connecting to them without Kafka's client. A listener
 * with another security protocol sends no error: it closes the connection or waits. Takes up to 2 s
 * per broker.
 */
final class ListenerProbe {

  private static final int MILLIS = 2_000;
  private static final int MAX_BROKERS = 3;
  private static final int TLS_ALERT = 21;
  private static final int TLS_HANDSHAKE = 22;

  private ListenerProbe() {}

  /**
   * Probes the brokers, and describes the findings.
   *
   * @param brokers as in {@code bootstrap.servers}; only the first three are probed
   * @param protocol the {@code security.protocol} with which they did not answer
   */
  static String findings(String brokers, String protocol) {
    Set<String> findings = new LinkedHashSet<>();
    for (String broker : brokers.split(",", MAX_BROKERS + 1)) {
      if (findings.size() < MAX_BROKERS) {
        findings.add(finding(broker.strip(), protocol));
      }
    }
    return String.join("; ", findings);
  }

  private static String finding(String broker, String protocol) {
    int colon = broker.lastIndexOf(':');
    try {
      String host = broker.substring(0, colon).replaceFirst("^\\w+://", "");
      int port = Integer.parseInt(broker.substring(colon + 1));
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
      try (Socket socket = new Socket()) {
        socket.connect(address, MILLIS);
        return describe(broker, protocol, speaksTls(socket));
      }
    } catch (UnknownHostException e) {
      return "unknown host in " + broker + "; check bootstrap.servers";
    } catch (IOException e) {
      return "%s; check that a Kafka broker runs at %s and that bootstrap.servers is right"
          .formatted(e.getMessage(), broker);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return "bootstrap.servers must be HOST:PORT, separated by commas, not " + broker;
    }
  }

  private static String describe(String broker, String protocol, boolean tls) {
    boolean asked = protocol.endsWith("SSL");
    if (tls != asked) {
      return "the listener at %s %s TLS, but security.protocol is %s; set security.protocol to %s, or use another port"
          .formatted(
              broker,
              tls ? "uses" : "does not use",
              protocol,
              tls ? "SSL or SASL_SSL" : "PLAINTEXT or SASL_PLAINTEXT");
    }
    return "%s accepts connections but does not answer with security.protocol %s; check that it is a Kafka broker, and whether its listener uses %s"
        .formatted(
            broker, protocol, protocol.startsWith("SASL") ? "no SASL" : "SASL (sasl.mechanism)");
  }

  /** Sends a TLS ClientHello. A TLS server answers with a handshake or an alert. */
  private static boolean speaksTls(Socket socket) throws IOException {
    socket.setSoTimeout(MILLIS);
    socket.getOutputStream().write(clientHello());
    socket.getOutputStream().flush();
    InputStream in = socket.getInputStream();
    try {
      int first = in.read();
      return first == TLS_HANDSHAKE || first == TLS_ALERT;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return false; // it closed the connection
    }
  }

  private static byte[] clientHello() throws SSLException {
    SSLEngine engine;
    try {
      engine = SSLContext.getDefault().createSSLEngine();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    byte[] bytes = new byte[hello.position()];
    hello.flip().get(bytes);
    return bytes;
  }
}
