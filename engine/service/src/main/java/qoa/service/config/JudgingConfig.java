package qoa.service.config;

import java.nio.file.Path;
import qoa.core.settings.OpaConfig;

/**
 * The settings that determine how reports are judged.
 *
 * @param contracts a folder of contracts, or one contract
 * @param policies a folder of policies, or one policy
 * @param evaluator how policies run
 * @param opa the OPA server; unused by the evaluator {@code plan}
 */
public record JudgingConfig(Path contracts, Path policies, Evaluator evaluator, OpaConfig opa) {

  /** The defaults: the folders {@code contracts} and {@code policies}, evaluated as a plan. */
  public static JudgingConfig defaults() {
    return new JudgingConfig(
        Path.of("contracts"), Path.of("policies"), Evaluator.PLAN, OpaConfig.managed());
  }

  /**
   * A copy in which some settings are replaced.
   *
   * @param contracts null to keep the setting
   * @param policies null to keep the setting
   * @param evaluator null to keep the setting
   */
  JudgingConfig with(Path contracts, Path policies, Evaluator evaluator) {
    return new JudgingConfig(
        contracts == null ? this.contracts : contracts,
        policies == null ? this.policies : policies,
        evaluator == null ? this.evaluator : evaluator,
        opa);
  }
}
