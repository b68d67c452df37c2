package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import qoa.core.documents.Problem;

/** OPA answered with an error: what it says about policies and inputs, read from its JSON. */
final class OpaErrorException extends OpaClientException {

  private static final long serialVersionUID = 1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 300;
  private static final Set<Integer> REFUSED = Set.of(401, 403);

  private static final int INTERNAL = 500;

  /** What OPA itself says about policies and inputs; all else comes from what is between. */
  private static final Set<Integer> ABOUT_CONTENT = Set.of(400, 413, INTERNAL);

  private final int status;
  private final List<Problem> problems;
  private final String code;

  private OpaErrorException(String message, int status, String code, List<Problem> problems) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }

  static OpaErrorException of(int status, byte[] body) {
    JsonNode error = parse(body);
    List<Problem> problems = new ArrayList<>();
    String code = error.path("code").asText();
    for (JsonNode part : error.path("errors")) {
      JsonNode location = part.path("location");
      String file = ModuleIds.fileOf(location.path("file").asText());
      String text = part.path("message").asText();
      problems.add(new Problem(file, location.path("row").asInt(), null, text));
      code = part.path("code").asText(code);
    }
    String text = error.path("message").asText(new String(body, StandardCharsets.UTF_8).strip());
    if (!problems.isEmpty()) {
      text = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return new OpaErrorException(shown, status, code, List.copyOf(problems));
  }

  /**
   * A redirect: it is not followed, for the token would go with it.
   *
   * @param to where it leads
   */
  static OpaErrorException redirect(int status, String to) {
    String text =
        "a redirect to " + to + ", which is not followed; set opa.url to the address of OPA itself";
    return new OpaErrorException(text, status, "", List.of());
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode error = JSON.readTree(body);
      return error == null ? MissingNode.getInstance() : error;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** OPA's word for the last of the errors, such as {@code rego_parse_error}; may be empty. */
  String code() {
    return code;
  }

  /** Where in which module; empty where OPA names no place. */
  List<Problem> problems() {
    return problems;
  }

  /** Whether the token was not good enough. */
  boolean isRefusal() {
    return REFUSED.contains(status);
  }

  /**
   * Whether it comes from evaluating a policy, which only OPA does: asking again gives the same.
   */
  boolean isOfEvaluation() {
    return status == INTERNAL && problems.stream().anyMatch(problem -> problem.line() > 0);
  }

  /** Whether it may be about a policy or an input; a broken OPA may say the same to anything. */
  boolean isAboutContent() {
    return ABOUT_CONTENT.contains(status) && !code.isEmpty();
  }
}
