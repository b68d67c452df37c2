package qoa.kafka;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that a visitor receives. */
class Collected<T> implements DeadLetterVisitor<T> {

  final List<T> all = new ArrayList<>();
  long read;

  @Override
  public void visit(List<T> batch) {
    all.addAll(batch);
  }

  @Override
  public void progress(int more) {
    read += more;
  }
}
