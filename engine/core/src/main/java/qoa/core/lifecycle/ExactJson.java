package qoa.core.lifecycle;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;

/** JSON whose numbers stay what a policy made them, also where no double holds them. */
final class ExactJson {

  /** Reads what it wrote without a loss. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(new ExactNumbers())
          .build();

  private ExactJson() {}

  private static final class ExactNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1;

    @Override
    public ValueNode numberNode(BigDecimal number) {
      double nearest = number.doubleValue();
      return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0
          ? numberNode(nearest)
          : DecimalNode.valueOf(number);
    }
  }
}
