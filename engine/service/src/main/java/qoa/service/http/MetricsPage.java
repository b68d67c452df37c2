package qoa.service.http;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /metrics}: the metrics in the format and compression that the client accepts. The daemon
 * thread {@code qoa-metrics} renders the pages, so that this work delays no other request. Requests
 * that arrive at the same time share a page. While 8 responses are still being read (Prometheus
 * needs one), further ones may contain a page that is one second old, so many slow readers take no
 * more memory than a few.
 */
final class MetricsPage implements AutoCloseable {

  private static final int FRESH_PAGES = 8;
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The format and compression of a page. */
  private record Format(String type, boolean zip) {}

  private record Pending(Format format, Response response, Callback callback) {}

  /**
   * A rendered page.
   *
   * @param made when it was rendered, by {@link System#nanoTime}
   */
  private record Page(byte[] body, long made) {}

  private final CollectorRegistry registry;
  private final Thread thread = new Thread(this::run, "qoa-metrics");
  private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>(ConnectionBounds.MAX);
  private final AtomicInteger unread = new AtomicInteger();

  /** The latest pages. Used by the thread only. */
  private final Map<Format, Page> last = new HashMap<>();

  MetricsPage(CollectorRegistry registry) {
    this.registry = registry;
    thread.setDaemon(true);
    thread.start();
  }

  /** Accepts a request. The thread answers it. */
  void send(Request request, Response response, Callback callback) {
    String type = TextFormat.chooseContentType(request.getHeaders().get(HttpHeader.ACCEPT));
    String encodings = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    boolean zip = encodings != null && encodings.toLowerCase(Locale.ROOT).contains("gzip");
    if (!pending.offer(new Pending(new Format(type, zip), response, callback))) {
      response.setStatus(503);
      callback.succeeded();
    }
  }

  private void run() {
    try {
      while (true) {
        List<Pending> together = new ArrayList<>(List.of(pending.take()));
        pending.drainTo(together);
        answer(together);
      }
    } catch (InterruptedException e) {
      last.clear(); // closed
    }
  }

  private void answer(List<Pending> together) {
    Map<Format, Page> pages = new HashMap<>();
    for (Pending each : together) {
      try {
        Page page = pages.get(each.format());
        if (page == null) {
          page = page(each.format());
          pages.put(each.format(), page);
        }
        write(page.body(), each);
      } catch (Throwable e) { // the next request may succeed
        each.callback().failed(e);
      }
    }
  }

  private Page page(Format format) throws IOException {
    Page page = last.get(format);
    if (page == null
        || unread.get() < FRESH_PAGES
        || System.nanoTime() - page.made() > MAX_AGE_NANOS) {
      page = new Page(body(format), System.nanoTime());
      last.put(format, page);
    }
    return page;
  }

  private byte[] body(Format format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer writer =
        new OutputStreamWriter(
            format.zip() ? new GZIPOutputStream(bytes) : bytes, StandardCharsets.UTF_8)) {
      TextFormat.writeFormat(format.type(), writer, registry.metricFamilySamples());
    }
    return bytes.toByteArray();
  }

  private void write(byte[] body, Pending to) {
    Response response = to.response();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, to.format().type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    if (to.format().zip()) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    unread.incrementAndGet();
    Callback read = Callback.from(to.callback(), unread::decrementAndGet);
    response.write(true, ByteBuffer.wrap(body), read);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
