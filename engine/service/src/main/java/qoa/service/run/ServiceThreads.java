package qoa.service.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads that a service rests on. One that ends by a {@link Throwable} of any kind is a death:
 * it is reported at once, and {@link #death} keeps it even if reporting fails for lack of memory.
 * Any thread may call the methods here.
 */
final class ServiceThreads {

  /** The work of a thread; it returns when it was told to end. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  private final Consumer<Throwable> onDeath;
  private final List<Thread> threads = new ArrayList<>();
  private int running;
  private String dead;
  private boolean reported;

  /**
   * @param onDeath told what ended a thread, on that thread
   */
  ServiceThreads(Consumer<Throwable> onDeath) {
    this.onDeath = onDeath;
  }

  /** Starts a thread that is not a daemon. */
  synchronized void start(String name, Work work) {
    Thread thread = new Thread(() -> run(name, work), name);
    threads.add(thread);
    running++;
    thread.start();
  }

  private void run(String name, Work work) {
    boolean died = true;
    try {
      work.run();
      died = false;
    } catch (Throwable e) { // an Error too: nothing else would notice that the thread is gone
      died(name);
      onDeath.accept(e);
    } finally {
      ended(died);
    }
  }

  private synchronized void died(String name) {
    if (dead == null) {
      dead = name;
    }
  }

  private synchronized void ended(boolean died) {
    running--;
    reported |= died;
    notifyAll();
  }

  /** Which thread died first; empty while none has. */
  synchronized Optional<String> death() {
    return Optional.ofNullable(dead);
  }

  /** Waits until all have ended, or one has died and that was reported. */
  synchronized void await() throws InterruptedException {
    while (running > 0 && !reported) {
      wait();
    }
  }

  /**
   * Waits until all have ended.
   *
   * @return whether they have, before the patience was at its end
   */
  synchronized boolean join(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (running > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Interrupts those that have not ended, and names them. */
  synchronized List<String> interrupt() {
    List<Thread> left = threads.stream().filter(Thread::isAlive).toList();
    left.forEach(Thread::interrupt);
    return left.stream().map(Thread::getName).toList();
  }
}
