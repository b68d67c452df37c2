package qoa.service.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import qoa.core.documents.NearestName;

/** Reads an enum constant by its {@code toString}; picocli would use its Java name. */
final class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  EnumConverter(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(unknown(text)));
  }

  private String unknown(String text) {
    List<String> known = Arrays.stream(type.getEnumConstants()).map(E::toString).toList();
    return "is %s; expected one of %s%s"
        .formatted(text, String.join(", ", known), NearestName.hint(text, known));
  }
}
