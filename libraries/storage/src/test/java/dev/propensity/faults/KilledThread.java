package dev.propensity.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A task as a thread that, once killed, cannot reach a server; it ends some time later. */
final class KilledThread implements Victim.Life {
  private final Victim.Command command;
  private final String[] arguments;
  private final CountDownLatch end = new CountDownLatch(1);
  private Thread thread;
  private Integer exit;
  private boolean killed;

  KilledThread(Victim.Command command, String... arguments) {
    this.command = command;
    this.arguments = arguments;
  }

  @Override
  public synchronized void start(Map<String, String> environment) {
    thread = daemon(() -> finish(command.run(environment, arguments)));
  }

  private synchronized void finish(int code) {
    if (!killed) {
      exit = code;
    }
    end.countDown();
  }

  @Override
  public synchronized boolean kill(List<Wiretap> taps) {
    if (!killed && exit == null) {
      killed = true;
      cut(taps);
      thread.interrupt();
      end.countDown();
    }
    return killed;
  }

  private static void cut(List<Wiretap> taps) {
    try {
      for (Wiretap tap : taps) {
        tap.cut();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean ends(long seconds) throws InterruptedException {
    return end.await(seconds, TimeUnit.SECONDS);
  }

  @Override
  public synchronized boolean killed() {
    return killed;
  }

  @Override
  public synchronized int exit() {
    return exit;
  }

  @Override
  public String log() {
    return "it is in this process's log";
  }

  /** The ports stay in use until the thread has ended, since it may still connect to them. */
  @Override
  public void close(List<Wiretap> taps) {
    cut(taps);
    daemon(() -> closeAfter(thread, taps));
  }

  private static void closeAfter(Thread thread, List<Wiretap> taps) {
    try {
      thread.join();
      for (Wiretap tap : taps) {
        tap.close();
      }
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "killed");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
