package qoa.rego.value;

import qoa.rego.budget.Budget;
import qoa.rego.budget.LimitException;

/**
 * Prints values as Rego terms, as OPA's error messages, {@code sprintf} and templates do. A value
 * may hold another one several times, so that its text is far longer than the value is large.
 */
public final class TermText {
  private static final int SHOWN = 200;

  private TermText() {}

  /** The whole text. */
  public static String of(RegoValue value, Budget budget) {
    BoundedText out = new BoundedText(budget);
    write(value, out, LimitException.MAX_TEXT);
    return out.toString();
  }

  /** The beginning of the text, for messages. */
  public static String shown(RegoValue value) {
    BoundedText out = new BoundedText(Budget.UNLIMITED);
    write(value, out, SHOWN);
    return shown(out.toString());
  }

  /** The beginning of a text, for messages. */
  public static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static void write(RegoValue value, BoundedText out, int enough) {
    if (out.length() > enough) {
      return;
    }
    out.budget().charge(1);
    switch (value.type()) {
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(((RegoBoolean) value).value() ? "true" : "false");
      case NUMBER -> out.append(JsonText.number((RegoNumber) value, out.budget()));
      case STRING -> quote(((RegoString) value).value(), out, enough);
      case ARRAY -> writeAll((RegoArray) value, '[', ']', out, enough);
      case OBJECT -> writeObject((RegoObject) value, out, enough);
      case SET -> {
        RegoSet set = (RegoSet) value;
        if (set.size() == 0) {
          out.append("set()");
        } else {
          Costs.order(out.budget(), set);
          writeAll(set, '{', '}', out, enough);
        }
      }
    }
  }

  private static void quote(String text, BoundedText out, int enough) {
    GoQuote.quote(text.length() <= enough ? text : text.substring(0, enough), out);
  }

  private static void writeAll(
      Iterable<RegoValue> elements, char open, char close, BoundedText out, int enough) {
    out.append(open);
    String separator = "";
    for (RegoValue element : elements) {
      if (out.length() > enough) {
        return;
      }
      out.append(separator);
      write(element, out, enough);
      separator = ", ";
    }
    out.append(close);
  }

  private static void writeObject(RegoObject object, BoundedText out, int enough) {
    Costs.order(out.budget(), object);
    out.append('{');
    String separator = "";
    for (RegoObject.Entry entry : object) {
      if (out.length() > enough) {
        return;
      }
      out.append(separator);
      write(entry.key(), out, enough);
      out.append(": ");
      write(entry.value(), out, enough);
      separator = ", ";
    }
    out.append('}');
  }
}
