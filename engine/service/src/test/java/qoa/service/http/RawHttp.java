package qoa.service.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Raw HTTP requests, also malformed ones. */
final class RawHttp {

  private static final int PATIENCE_MILLIS = 10_000;

  private RawHttp() {}

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Opens a connection and sends data, but reads nothing yet. */
  static Socket open(int port, String sent) throws IOException {
    Socket socket = connect(port);
    socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** Sends a request, and returns the response until the server closes the connection. */
  static String send(int port, String request) throws IOException {
    try (Socket socket = open(port, request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
