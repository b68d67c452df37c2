package qoa.core.evaluate.opa;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;

/** Makes the HTTP client: HTTP/1.1 with connections kept alive, and whom it trusts. */
final class Transport {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private Transport() {}

  /**
   * @param caFile certificate authorities, PEM; null for the JVM's
   * @throws ProblemsException where the file cannot be read, or holds no certificate
   */
  static HttpClient client(Path caFile) throws ProblemsException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT);
    return caFile == null ? client.build() : client.sslContext(trusting(caFile)).build();
  }

  private static SSLContext trusting(Path caFile) throws ProblemsException {
    try (InputStream pem = Files.newInputStream(caFile)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), ca);
      }
      if (trusted.size() == 0) {
        throw problem(caFile, "no certificate in it");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw problem(caFile, e.toString());
    }
  }

  private static ProblemsException problem(Path caFile, String what) {
    String message = "cannot be used as certificate authorities: " + what + "; expected PEM";
    return new ProblemsException(List.of(new Problem(caFile.toString(), 0, null, message)));
  }
}
