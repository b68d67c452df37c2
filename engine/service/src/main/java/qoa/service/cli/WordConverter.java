package qoa.service.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import qoa.core.documents.NearestName;

/** Takes an enum's constants as they print themselves; picocli would tell their Java names. */
final class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  WordConverter(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(unknown(word)));
  }

  private String unknown(String word) {
    List<String> known = Arrays.stream(type.getEnumConstants()).map(E::toString).toList();
    return "is %s; expected one of %s%s"
        .formatted(word, String.join(", ", known), NearestName.hint(word, known));
  }
}
