package qoa.core.evaluate.opa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFilterTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          s3cret-token,  Bearer s3cret-token,          Bearer ***
          s3cret-token,  s3cret-tokens3cret-token,     ******
          's3cr"t tök',  '{"a": "s3cr\\"t tök"}',      '{"a": "***"}'
          's3cr"t tök',  /?t=s3cr%22t+t%C3%B6k&x,      /?t=***&x
          s3cret-token,  another ü,                    another ü
          short,         a short message,              a short message
          """)
  void hidesTheToken_howeverItIsWritten(String token, String text, String hidden) {
    TokenFilter filter = new TokenFilter(token);
    assertThat(filter.hide(text)).isEqualTo(hidden);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(filter.hide(bytes), StandardCharsets.UTF_8)).isEqualTo(hidden);
  }

  @Test
  void changesNothing_whereThereIsNoToken() {
    byte[] bytes = {0, -1, 'a'};
    assertThat(new TokenFilter(null).hide(bytes)).isSameAs(bytes);
    assertThat(new TokenFilter("s3cret-token").hide(bytes)).isSameAs(bytes);
    assertThat(new TokenFilter("s3cret-token").hide((String) null)).isNull();
  }
}
