package qoa.core.evaluate;

import qoa.core.contracts.Contract;
import qoa.core.model.EvaluationInput;

/**
 * One run of a contract's policy to be done.
 *
 * @param contract names the policy
 * @param input what the policy looks at
 */
public record Evaluation(Contract contract, EvaluationInput input) {}
