package qoa.rego.value;

import qoa.rego.budget.Budget;
import qoa.rego.budget.LimitException;

/** A text that is made piece by piece. The budget pays for each piece before it is added. */
public final class BoundedText {
  private final StringBuilder out = new StringBuilder();
  private final Budget budget;

  public BoundedText(Budget budget) {
    this.budget = budget;
  }

  /** The budget that pays. */
  public Budget budget() {
    return budget;
  }

  public int length() {
    return out.length();
  }

  public BoundedText append(String piece) {
    pay(piece.length());
    out.append(piece);
    return this;
  }

  /** Appends the part of {@code text} from {@code from} to before {@code to}. */
  public BoundedText append(String text, int from, int to) {
    pay(to - from);
    out.append(text, from, to);
    return this;
  }

  public BoundedText append(char c) {
    pay(1);
    out.append(c);
    return this;
  }

  public BoundedText appendCodePoint(int c) {
    pay(2);
    out.appendCodePoint(c);
    return this;
  }

  /** Appends {@code c} so many times; not at all where {@code times} is below 1. */
  public BoundedText repeat(char c, int times) {
    if (times > 0) {
      pay(times);
      out.append(String.valueOf(c).repeat(times));
    }
    return this;
  }

  private void pay(int length) {
    LimitException.requireText((long) out.length() + length);
    budget.text(length);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
