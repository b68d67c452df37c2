package qoa.core.evaluate.opa;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Hands the body of an answer on until it is longer than a bound; then the connection is closed and
 * the answer fails. Called by one thread of the HTTP client at a time.
 */
final class BoundedBody<T> implements BodySubscriber<T> {

  /** The body is longer than the bound. */
  static final class TooLongException extends IOException {

    private static final long serialVersionUID = 1;

    private TooLongException(long limit) {
      super("longer than " + (limit >> 10) + " KiB");
    }
  }

  private final BodySubscriber<T> body;
  private final long limit;
  private Subscription subscription;
  private long taken;

  /**
   * @param body takes the body
   * @param declared how long the answer says that it is, in bytes; 0 where it does not say
   * @param limit how long it may be, in bytes
   */
  BoundedBody(BodySubscriber<T> body, long declared, long limit) {
    this.body = body;
    this.limit = limit;
    this.taken = declared > limit ? declared : 0;
  }

  @Override
  public CompletionStage<T> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    if (taken > limit) {
      end();
    } else {
      body.onSubscribe(given);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (taken > limit) {
      return; // was on its way when the subscription was cancelled
    }
    for (ByteBuffer buffer : buffers) {
      taken += buffer.remaining();
    }
    if (taken > limit) {
      end();
    } else {
      body.onNext(buffers);
    }
  }

  private void end() {
    subscription.cancel();
    body.onError(new TooLongException(limit));
  }

  @Override
  public void onError(Throwable error) {
    if (taken <= limit) {
      body.onError(error);
    }
  }

  @Override
  public void onComplete() {
    if (taken <= limit) {
      body.onComplete();
    }
  }
}
